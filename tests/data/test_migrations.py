"""The tables by version: a new database gets all of them, an old one what it lacks, and several may open it at once."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect
from sqlalchemy.pool import NullPool

from data import own_records
from data.market import lease, store
from data.migrations import upgrade
from data.migrations.upgrade import HEAD, TABLES, bring_up_to_date

FOLDER = Path(upgrade.__file__).parent


def opened(path: Path):  # type: ignore[no-untyped-def]
    return create_engine(f"sqlite:///{path}", poolclass=NullPool)


def test_the_newest_version_is_the_one_that_is_asked_for() -> None:
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER))
    assert ScriptDirectory.from_config(settings).get_heads() == [HEAD]


def test_the_versions_make_the_tables_that_the_stores_read_and_write(tmp_path: Path) -> None:
    engine = opened(tmp_path / "new.sqlite")
    bring_up_to_date(engine)
    found = inspect(engine)
    assert set(found.get_table_names()) == TABLES
    declared = {**store._metadata.tables, **lease._metadata.tables, **own_records._metadata.tables}
    assert set(declared) == TABLES - {"alembic_version"}
    for name, table in declared.items():
        made = {each["name"]: (str(each["type"]), each["nullable"]) for each in found.get_columns(name)}
        wanted = {each.name: (str(each.type.compile(engine.dialect)), each.nullable) for each in table.columns}
        assert made == wanted, name
        assert found.get_pk_constraint(name)["constrained_columns"] == [each.name for each in table.primary_key]


def test_a_database_of_an_earlier_release_keeps_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    with sqlite3.connect(path) as old:
        old.execute("CREATE TABLE own_theses (name VARCHAR(60) PRIMARY KEY, files TEXT, changed FLOAT, deleted FLOAT)")
        old.execute("INSERT INTO own_theses VALUES ('mine', '{}', 1, 0)")
    bring_up_to_date(opened(path))
    with sqlite3.connect(path) as now:
        assert now.execute("SELECT name FROM own_theses").fetchall() == [("mine",)]
        assert now.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]


def test_several_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    path = tmp_path / "shared.sqlite"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: bring_up_to_date(opened(path)), range(8)))
    with sqlite3.connect(path) as now:
        assert now.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]


def test_one_that_is_up_to_date_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "same.sqlite"
    bring_up_to_date(opened(path))
    before = path.read_bytes()
    bring_up_to_date(opened(path))
    assert path.read_bytes() == before
