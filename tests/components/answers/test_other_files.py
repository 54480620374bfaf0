"""Companies and theses from files, each odd in one way: every page gives figures, or says what is missing or wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from components.answers.registry import inputs_of
from components.scenario.types import NumberInput
from data.dossier import Dossier
from data.errors import DataFileError
from tests.components.answers.shown import shown
from tests.conftest import bundled
from tests.invented import FILES
from tests.invented_full import ENDS, ROW, dossier_at, files

Written = dict[str, str]
WERFT, NLT = "companies/WRF/", "companies/NLT/company.toml"


def full(name: str, old: str, new: str) -> Callable[[], Written]:
    """The full company with one text replaced everywhere in one file."""

    def written() -> Written:
        found = files()
        assert old in found[name], old
        return {**found, name: found[name].replace(old, new)}

    return written


def less(*names: str) -> Callable[[], Written]:
    """The full company without some files."""
    return lambda: {name: text for name, text in files().items() if name not in names}


def cells(place: int, value: str) -> Callable[[], Written]:
    """The full company with one figure of every quarter another one."""
    row = ROW.split(",")
    return lambda: files(rows=dict.fromkeys(ENDS, ",".join([*row[:place], value, *row[place + 1 :]])))


THESIS, FACTS, COMPANY = "theses/werft.toml", f"{WERFT}facts.toml", f"{WERFT}company.toml"
CLOSES = "snapshots/closes.csv"
TARGETS = "low = 50, high = 60"

# (what is odd, the files, what the failure says; empty: every page gives figures or a name)
ODD: list[tuple[str, Callable[[], Written], str]] = [
    ("as it is", files, ""),
    ("filings in another currency", lambda: files(filing="USD"), ""),
    ("two segments in a family", lambda: files(families={"sea": ["Sea", "Land"]}), ""),
    ("segments without families", full(COMPANY, "[[family]]", "[[familie]]"), "this key is not known here"),
    ("a segment in no family", lambda: files(families={"sea": ["Sea"]}), "in no family"),
    ("no quarters.csv", less(f"{WERFT}quarters.csv"), ""),
    ("no segments.csv", less(f"{WERFT}segments.csv"), ""),
    ("no filings", less(f"{WERFT}quarters.csv", f"{WERFT}segments.csv", f"{WERFT}releases.csv"), ""),
    ("no facts.toml", less(FACTS), "there is no fact “plan”; none is known"),
    ("no snapshots", less(CLOSES), ""),
    ("no close before publication", full(CLOSES, "2025-12-01,WRF,36.0,EUR\n2026-02-27,WRF,40.0,EUR\n", ""), ""),
    ("one close", full(CLOSES, "2026-03-06,WRF,41.0,EUR\n2026-03-27,WRF,44.0,EUR\n", ""), ""),
    ("every close the same", lambda: {**files(), CLOSES: files()[CLOSES].replace("36.0", "44.0").replace("40.0", "44.0")
                                      .replace("41.0", "44.0")}, ""),
    ("prior year 0", lambda: files(segment_rows={"revenue,600,500": "revenue,600,0"}), ""),
    ("prior year not known", lambda: files(segment_rows={"revenue,600,500": "revenue,600,"}), ""),
    ("revenue 0", lambda: files(segment_rows={"revenue,600,500": "revenue,0,500"}), ""),
    ("all revenue 0", lambda: files(segment_rows={"revenue,600,500": "revenue,0,5", "revenue,300,": "revenue,0,"}), ""),
    ("a loss-making segment", lambda: files(segment_rows={"adjusted_ebita,120": "adjusted_ebita,-120"}), ""),
    ("a margin above 100%", lambda: files(segment_rows={"adjusted_ebita,120": "adjusted_ebita,900"}), ""),
    ("group revenue 0", cells(0, "0"), ""),
    ("EBITA 0", cells(1, "0"), ""),
    ("a group loss", cells(1, "-50"), ""),
    ("EPS below 0.05", cells(2, "0.003"), ""),
    ("EPS in the thousands", cells(2, "4000"), ""),
    ("EPS 0", cells(2, "0"), ""),
    ("EPS negative", cells(2, "-0.5"), ""),
    ("cash flow negative", cells(3, "-100"), ""),
    ("cash flow 0", cells(3, "0"), ""),
    ("capex 0", cells(5, "0"), ""),
    ("capex negative", cells(5, "-40"), "it must be at least 0"),
    ("net cash negative", cells(6, "-5000"), ""),
    ("one share", cells(8, "0.000001"), ""),
    ("a multiple above 15", full(THESIS, "multiple = 2\n", "multiple = 40\n"), ""),
    ("a multiple of 500", full(THESIS, "multiple = 2\n", "multiple = 500\n"), ""),
    ("targets below one", full(THESIS, TARGETS, "low = 0.004, high = 0.005"), ""),
    ("targets in the hundred thousands", full(THESIS, TARGETS, "low = 700000, high = 750001"), ""),
    ("targets around a thousand", full(THESIS, TARGETS, "low = 999, high = 1001"), ""),
    ("one target", full(THESIS, TARGETS, "value = 55"), ""),
    ("targets of zero", full(THESIS, TARGETS, "low = 0, high = 60"), "above zero"),
    ("a price of 0.004", full(CLOSES, "40.0", "0.004"), ""),
    ("a price of 700,000", full(CLOSES, "40.0", "700000"), ""),
    ("growing names no part", full(THESIS, 'growing = "sea"', 'growing = "see"'), "there is no part “see”; known are"),
    ("a small plan", full(FACTS, "value = 0.4", "value = 0.00001"), ""),
    ("a plan of 0", full(FACTS, "value = 0.4", "value = 0"), "must be above zero"),
    ("a plan of one year", full(THESIS, "years = 2\nsegment", "years = 1\nsegment"), ""),
    ("published today", full(THESIS, "published = 2026-03-02", "published = 2026-04-10"), ""),
    ("published in the future", full(THESIS, "published = 2026-03-02", "published = 2026-05-01"), "has not come yet"),
    ("no claim", lambda: {**files(), THESIS: files()[THESIS].split("[[claim]]")[0]}, "there is no claim"),
    ("figures in billions", full(COMPANY, '= "EUR m"', '= "EUR bn"'), ""),
    ("figures in thousands", full(COMPANY, '= "EUR m"', '= "EUR k"'), ""),
    ("the other invented company", lambda: dict(FILES), ""),
    ("the same without families", lambda: {**FILES, NLT: FILES[NLT].split("[[family")[0]}, "in no family"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "says"), [each[1:] for each in ODD], ids=[each[0] for each in ODD])
def test_every_page_gives_figures_or_a_name(tmp_path: Path, written: Callable[[], Written], says: str) -> None:
    found = written()
    name = next(Path(each).stem for each in found if each.startswith("theses/"))
    if says:
        with pytest.raises(DataFileError, match=says):
            dossier_at(tmp_path, found, name)
        return
    dossier = dossier_at(tmp_path, found, name)
    for each in (dossier, dossier.as_published()):
        text = "".join(shown(each).values()).lower()
        assert " nan" not in text
        assert "inf " not in text
        check_inputs(each)


def check_inputs(dossier: Dossier) -> None:
    """Each input holds its default, has two ends, and few enough steps to travel."""
    for each in inputs_of(dossier).values():
        if isinstance(each, NumberInput):
            assert each.low <= each.default <= each.high, each
            assert each.low < each.high, each
            if each.slides:
                assert each.default in each.stops(), each
                assert len(each.stops()) <= 2001, each


def test_the_bundled_inputs_hold_their_defaults() -> None:
    check_inputs(bundled())


def test_scale_of_the_file_does_not_change_the_figures(tmp_path: Path) -> None:
    thousands = {"companies/WRF/quarters.csv": 1, "companies/WRF/segments.csv": 1}
    written = files()
    scaled = dict(written)
    scaled[COMPANY] = written[COMPANY].replace('= "EUR m"', '= "EUR k"')
    for name in thousands:
        lines = written[name].strip().split("\n")
        scaled[name] = "\n".join([lines[0], *(_in_thousands(name, line) for line in lines[1:])]) + "\n"
    assert shown(dossier_at(tmp_path / "m", written)) == shown(dossier_at(tmp_path / "k", scaled))


def _in_thousands(name: str, line: str) -> str:
    row = line.split(",")
    places = (5, 6) if name.endswith("segments.csv") else (1, 2, 4, 5, 6, 7)
    return ",".join(f"{cell}000" if n in places else cell for n, cell in enumerate(row))
