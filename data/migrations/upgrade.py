"""Brings a database to the present version of its tables."""

import logging
import threading
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

HEAD = "0001"  # the newest version; a test holds it to the files
# All tables of the present version, and Alembic's own; a test holds them to the files, too.
TABLES = frozenset({"answers", "own_theses", "own_scenarios", "own_notes", "leases", "wanted", "alembic_version"})
_HERE = Path(__file__).parent
_LOCK = 7_240_116  # of PostgreSQL: any number that no other program of this database takes
# Alembic keeps what it works on in a place of the module's.
_one_at_a_time = threading.Lock()


class TooNew(Exception):
    """The database was made by a later version of this program, whose tables this one does not know."""


def bring_up_to_date(engine: Engine) -> None:
    """Runs the versions that a database does not have yet. Raises TooNew, and what the database raises.

    Several processes may open a new database at once: the first makes the tables, and the others find them made.
    """
    with engine.connect() as connection:
        found = _version(connection)
        if found == HEAD:
            return
        if found > HEAD:
            raise TooNew(found)
    with _one_at_a_time, engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        elif connection.dialect.name == "sqlite":
            # A write of no consequence: it waits for another process's transaction and keeps the next one out.
            connection.execute(text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)"))
            connection.execute(text("DELETE FROM alembic_version WHERE version_num = ''"))
        if _version(connection) != HEAD:
            _upgrade(connection)


def _version(connection: Connection) -> str:
    """The version that a database has; empty where its versions are not counted yet."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _upgrade(connection: Connection) -> None:
    # Imported here: it is needed once in the life of a database.
    from alembic import command
    from alembic.config import Config

    logging.getLogger("alembic").setLevel(logging.WARNING)
    settings = Config()
    settings.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")
