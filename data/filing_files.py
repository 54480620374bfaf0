"""Reads `releases.csv`, `quarters.csv` and `segments.csv` of a company, and checks them against each other."""

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from data.errors import Problems, known_names
from data.figures import Confidence
from data.files import Row, read_csv, refuse_duplicates
from data.filings import Filings, Quarter, Release, SegmentValue
from data.metrics import METRICS, Metric, in_millions
from data.rhythm import QUARTERLY, YEARLY, Rhythm, is_month_end
from data.units import Unit

RELEASES = ("period_end", "fiscal_quarter", "released", "url")
PERIODS = ("period_end", "confidence")
DERIVED = "derived"  # a column that may be missing: which figures of the row were computed from others
SEGMENTS = ("period_end", "structure", "level", "segment", "metric", "value", "prior_year", "confidence")
LEVELS = ("segment", "reconciling", "total", "line")
FILES = {"quarter": "quarters.csv", "half-year": "halves.csv", "year": "years.csv"}
NEAR_MONTH_END = 7  # days: a period that ends on a day of the week ends within a week of a month's end
LATEST_RELEASE = dt.timedelta(days=400)  # after the period's end
ROUNDING = 0.002  # of the amounts added up


def read_filings(
    folder: Path,
    units: Mapping[str, Unit],
    money: Unit,
    structures: Sequence[str],
    problems: Problems,
    rhythm: Rhythm = QUARTERLY,
    words: Mapping[str, str] | None = None,
    profit: str = "adjusted_ebita",
) -> Filings:
    """The filings in a company's folder; none of the files must be there. What is wrong goes to `problems`.

    `units` are those of the columns of quarters.csv (halves.csv, years.csv, by the company's `rhythm`), `money` is that
    of the segments; `words` are the company's own names of the columns, `profit` its measure of a segment's profit. A
    years.csv beside the periods states what is known of whole years.
    """
    releases = _releases(folder / "releases.csv", rhythm, problems)
    quarters = _quarters(folder / FILES[rhythm.noun], units, releases, problems, words or {})
    years: list[Quarter] = []
    if rhythm is not YEARLY:
        yearly = {end: replace(release, rhythm=YEARLY) for end, release in releases.items()}
        years = _quarters(folder / FILES["year"], units, yearly, problems, words or {}, complete=False)
    segments = _segments(folder / "segments.csv", money, structures, releases, ("revenue", profit), problems)
    return Filings(
        tuple(releases[end] for end in sorted(releases)),
        tuple(sorted(quarters, key=lambda quarter: quarter.end)),
        tuple(sorted(years, key=lambda year: year.end)),
        tuple(sorted(segments, key=lambda value: value.end)),
    )


def _releases(path: Path, rhythm: Rhythm, problems: Problems) -> dict[dt.date, Release]:
    found: list[Release] = []
    with problems.gathering():
        for row in read_csv(path, RELEASES, (rhythm.noun, "period_end")) if path.exists() else []:
            with problems.gathering():
                found.append(_release(row, rhythm))
    ends = [release.period_end.isoformat() for release in found]
    with problems.gathering():
        refuse_duplicates(ends, path, rhythm.noun, "period_end")
    found.sort(key=lambda release: release.period_end)
    for before, after in itertools.pairwise(found):
        if after.released < before.released:
            problems.add(
                path,
                f"{rhythm.noun} {after.period_end}",
                "released",
                f"{after.released} is before the release of the {rhythm.noun} to {before.period_end}, "
                f"{before.released}",
            )
    return {release.period_end: release for release in found}


def _release(row: Row, rhythm: Rhythm) -> Release:
    end, released = row.day("period_end"), row.day("released")
    if not is_month_end(end) and NEAR_MONTH_END < end.day < 28 - NEAR_MONTH_END:
        raise row.wrong("period_end", f"{end} is no end of a month, nor near one")
    if not end < released <= end + LATEST_RELEASE:
        raise row.wrong(
            "released", f"{released} is not within {LATEST_RELEASE.days} days after the {rhythm.noun}'s end"
        )
    return Release(end, row.text("fiscal_quarter"), released, row.link("url"), rhythm)


def _released(row: Row, releases: Mapping[dt.date, Release]) -> Release:
    end = row.day("period_end")
    if end not in releases:
        raise row.wrong("period_end", "releases.csv has no release of this period")
    return releases[end]


def _confidence(row: Row) -> Confidence:
    return Confidence(row.one_of("confidence", [str(each) for each in Confidence]))


def _derived(row: Row, known: Mapping[str, float]) -> frozenset[str]:
    """The figures of a row that were computed from others, by the names of their columns."""
    named = row.cells.get(DERIVED, "").split()
    for metric in named:
        if metric not in known:
            raise row.wrong(DERIVED, f"“{metric}” is none of this row’s figures; {known_names(metric, known)}")
    return frozenset(named)


def _quarters(
    path: Path,
    units: Mapping[str, Unit],
    releases: Mapping[dt.date, Release],
    problems: Problems,
    words: Mapping[str, str],
    complete: bool = True,
) -> list[Quarter]:
    """The rows of a file of periods; where it is to be `complete`, each release has one."""
    noun = next((release.rhythm.noun for release in releases.values()), "quarter")
    found: list[Quarter] = []
    rows: list[Row] = []
    with problems.gathering():
        rows = read_csv(path, PERIODS, (noun, "period_end"), more=True) if path.exists() else []
        refuse_duplicates((row.cells["period_end"] for row in rows), path, noun, "period_end")
    metrics = [column for column in rows[0].cells if column not in (*PERIODS, DERIVED)] if rows else []
    for metric in metrics:
        if metric not in units:
            problems.add(path, "header", metric, "company.toml names no unit for this column")
    for row in rows:
        values: dict[str, float] = {}
        for metric in metrics:
            bounds = METRICS.get(metric, Metric(()))
            with problems.gathering():
                number = row.number(metric, bounds.lowest, bounds.above)
                if number is not None and metric in units:
                    values[metric] = number * in_millions(units[metric])[1]
        with problems.gathering():
            kept = {metric: in_millions(units[metric])[0] for metric in metrics if metric in units}
            derived = _derived(row, values)
            found.append(Quarter(_released(row, releases), values, kept, _confidence(row), derived, words))
    if rows and complete:
        for end in sorted(releases.keys() - {quarter.end for quarter in found}):
            if not any(row.cells["period_end"] == end.isoformat() for row in rows):
                problems.add(path, f"{noun} {end}", "", "releases.csv has a release of it, and its row is missing here")
    return found


def _segments(
    path: Path,
    money: Unit,
    structures: Sequence[str],
    releases: Mapping[dt.date, Release],
    metrics: Sequence[str],
    problems: Problems,
) -> list[SegmentValue]:
    found: list[SegmentValue] = []
    rows: list[Row] = []
    with problems.gathering():
        rows = read_csv(path, SEGMENTS) if path.exists() else []
    for row in rows:
        with problems.gathering():
            found.append(_segment(row, money, structures, releases, metrics))
    keys = [" / ".join(row.cells[key] for key in SEGMENTS[:5]) for row in rows]
    with problems.gathering():
        refuse_duplicates(keys, path, "row", "")
    if len(found) == len(rows):  # a sum over rows that could not be read would only repeat what is wrong
        _check_totals(path, found, problems)
    return found


def _segment(
    row: Row, money: Unit, structures: Sequence[str], releases: Mapping[dt.date, Release], metrics: Sequence[str]
) -> SegmentValue:
    structure = row.cells["structure"]
    if structure not in structures:
        raise row.wrong("structure", f"company.toml has no structure “{structure}”, only {', '.join(structures)}")
    level, metric = row.one_of("level", LEVELS), row.one_of("metric", metrics)
    # Revenue of a business is not below zero; what is taken off between businesses is.
    lowest = 0.0 if metric == "revenue" and level != "reconciling" else -float("inf")
    value, prior = row.number("value", lowest), row.number("prior_year", lowest)
    if value is None:
        raise row.wrong("value", "it is missing; leave the whole row out where it is not known")
    unit, factor = in_millions(money)
    before = None if prior is None else prior * factor
    return SegmentValue(
        _released(row, releases),
        structure,
        level,
        row.text("segment"),
        metric,
        value * factor,
        before,
        unit,
        _confidence(row),
    )


def _check_totals(path: Path, values: Sequence[SegmentValue], problems: Problems) -> None:
    """Where a release reconciles segments with the group, they must add up to a total that it states.

    This finds a row that is missing, that stands under another name, or whose number was mistyped.
    """
    groups: dict[tuple[dt.date, str, str], list[SegmentValue]] = {}
    for value in values:
        groups.setdefault((value.end, value.structure, value.metric), []).append(value)
    for (end, structure, metric), rows in groups.items():
        parts = {level: [row for row in rows if row.level == level] for level in LEVELS}
        if not parts["reconciling"] or not parts["total"]:
            continue
        for before in (False, True):
            added = [_amounts(parts["segment"], before), _amounts(parts["reconciling"], before)]
            if None in (amounts := [each for group in added for each in group]):
                continue
            known = [each for each in amounts if each is not None]
            sums = [sum(each or 0.0 for each in added[0]), sum(known)]
            for total in parts["total"]:
                stated = total.prior_year if before else total.value
                slack = ROUNDING * sum(abs(each) for each in known)
                if stated is not None and all(abs(stated - each) > slack for each in sums):
                    problems.add(
                        path,
                        f"quarter {end}, structure {structure}, “{total.segment}”",
                        "prior_year" if before else "value",
                        f"{metric} is {stated:,.0f} here, but the segments add up to {sums[0]:,.0f}, and to "
                        f"{sums[1]:,.0f} with the reconciling rows (in {total.unit})",
                    )


def _amounts(rows: Sequence[SegmentValue], before: bool) -> list[float | None]:
    return [row.prior_year if before else row.value for row in rows]
