"""A file that is wrong gives one clear message with file, entry and field."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data.company import COMPANIES, load_company
from data.errors import DataFileError
from data.market.snapshot import SNAPSHOTS, load_snapshots
from data.thesis import THESES, load_thesis

Edit = Callable[[str, str], None]


@pytest.fixture
def thesis_file(tmp_path: Path) -> Path:
    return Path(shutil.copy(THESES / "alibaba-ai.toml", tmp_path / "case.toml"))


@pytest.fixture
def company_folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(COMPANIES / "BABA", tmp_path / "BABA"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


THESIS_FAULTS = [
    ('value = 34, unit = "%"', 'value = "34", unit = "%"', ("cloud-growth", "stated.value")),
    ('value = 34, unit = "%"', "value = 34", ("cloud-growth", "unit is missing")),
    ('value = 34, unit = "%"', 'value = 34, unit = "percent"', ("cloud-growth", "is no unit")),
    ("low = 190, high = 205", "low = 205, high = 190", ("price-targets", "is above high")),
    ("low = 190, high = 205", "low = 190", ("price-targets", "belong together")),
    ("value = 9,", "value = 9, minimum = 3,", ("ai-streak", "exactly one of")),
    ('id = "net-cash"', 'id = "cloud-growth"', ("cloud-growth", "used twice")),
    ("period = 2025-09-30", "period = 2025-13-30", ("not TOML",)),
    ("period = 2025-09-30", 'period = "soon"', ("cloud-growth", "period")),
    ('place = "outlook, paragraph 1"', 'plaice = "outlook, paragraph 1"', ("net-cash", "not known here")),
    ('place = "outlook, paragraph 1"\n', "", ("net-cash", "place", "missing")),
    ('target_range = "price-targets"', 'target_range = "targets"', ("target_range", "no claim “targets”")),
    ('name = "level", ', "", ("net-cash", "no name")),
    ("published = 2026-01-01", "published = 2026", ("article", "published")),
]


@pytest.mark.parametrize(("old", "new", "said"), THESIS_FAULTS, ids=[fault[2][-1] for fault in THESIS_FAULTS])
def test_a_wrong_thesis_says_where(thesis_file: Path, old: str, new: str, said: tuple[str, ...]) -> None:
    edit(thesis_file, old, new)
    with pytest.raises(DataFileError) as failure:
        load_thesis(thesis_file)
    message = str(failure.value)
    assert "case.toml" in message
    for part in said:
        assert part in message


COMPANY_FAULTS = [
    ("quarters.csv", "205555,205740", "20a555,205740", ("quarter 2022-06-30", "revenue", "no number")),
    ("quarters.csv", "2022-06-30", "2022-06-31", ("no date",)),
    ("quarters.csv", "2022-09-30", "2022-06-30", ("used twice",)),
    ("quarters.csv", "official", "sure", ("confidence", "none of official")),
    ("segments.csv", ",A,segment", ",Z,segment", ("structure", "no structure “Z”")),
    ("segments.csv", "prior_year", "last_year", ("prior_year", "column is missing")),
    ("releases.csv", "2022-08-04", "4 August", ("released", "no date")),
    ("company.toml", 'capex = "CNY m"\n', "", ("capex", "names no unit")),
    ("company.toml", 'capex = "CNY m"', 'capex = "yuan"', ("measures", "is no unit")),
    ("company.toml", "ordinary_shares = 8", "ordinary_shares = 0", ("listing.ordinary_shares",)),
    ("facts.toml", 'id = "placing-price"', 'id = "placing-shares"', ("placing-shares", "used twice")),
    ("facts.toml", 'unit = "CNY bn"\n', "", ("capex-plan", "unit is missing")),
    ("facts.toml", "known = 2025-02-24\n", "", ("capex-plan", "known", "missing")),
    ("events.toml", "date = 2025-02-24", 'date = "February"', ("event", "date")),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "said"), COMPANY_FAULTS, ids=[f"{f[0]}-{f[3][-1]}" for f in COMPANY_FAULTS]
)
def test_a_wrong_company_file_says_where(
    company_folder: Path, name: str, old: str, new: str, said: tuple[str, ...]
) -> None:
    edit(company_folder / name, old, new)
    with pytest.raises(DataFileError) as failure:
        load_company(company_folder)
    message = str(failure.value)
    assert name in message or "company.toml" in message
    for part in said:
        assert part in message


def test_a_line_with_too_few_cells_says_which(company_folder: Path) -> None:
    path = company_folder / "segments.csv"
    path.write_text(path.read_text(encoding="utf-8") + "2026-06-30,D\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"line \d+.*cells"):
        load_company(company_folder)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"nowhere\.toml: the file is missing"):
        load_thesis(tmp_path / "nowhere.toml")


def test_a_wrong_snapshot_says_where(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SNAPSHOTS, tmp_path / "snapshots"))
    edit(folder / "2026-07-24.toml", "pe_trailing = 17.6", "pe_trailing = -17.6")
    with pytest.raises(DataFileError, match=r"2026-07-24\.toml.*quotes\.BABA\.pe_trailing"):
        load_snapshots(folder)


def test_a_wrong_close_says_its_line(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SNAPSHOTS, tmp_path / "snapshots"))
    edit(folder / "closes.csv", "85.06", "much")
    with pytest.raises(DataFileError, match=r"closes\.csv, line 2"):
        load_snapshots(folder)


def test_all_twenty_claims_of_the_article_are_there() -> None:
    thesis = load_thesis(THESES / "alibaba-ai.toml")
    assert len(thesis.claim) == 20
    assert thesis.targets.stated.bounds == (190, 205)
