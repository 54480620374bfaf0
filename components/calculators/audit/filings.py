"""Tests against the company's filings."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from components import formats
from components.calculators import growth
from components.calculators.audit.rules import Evidence, Reading
from data.company import Quarter, SegmentValue, metric_words
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Figure, Unit, convert, least_confident
from data.thesis import Claim

QUARTER = dt.timedelta(days=89)  # the shortest: a quarter that ends this long after a day began after it
_PERCENT = Unit.parse("%")


def segment_growth(claim: Claim, file: Dossier, segment: str, successor: str | None = None) -> Evidence:
    """Year-over-year revenue growth of a segment, each quarter from one release; the latest decides."""
    rows = _rows(file, segment, "revenue")
    readings = tuple(_growth(file, row) for row in rows if row.prior_year is not None)
    if not readings:
        raise UnknownFigure(f"revenue of {segment}, this year and the year before")
    follows: tuple[Reading, ...] = ()
    note = ""
    if successor and (next_rows := _rows(file, successor, "revenue")):
        follows = tuple(_growth(file, row) for row in next_rows if row.prior_year is not None)
        note = _ended(file, segment, successor)
    return Evidence(
        (readings[-1], *follows[-1:]),
        tuple(reversed(readings[:-1])),
        note=note,
        series=(*readings, *follows),
        successor=follows[-1] if follows else None,
    )


def segment_margin(
    claim: Claim, file: Dossier, segment: str, predecessor: str, successor: str, measured: str, said: str
) -> Evidence:
    """Adjusted EBITA margin of the commerce segment: the latest quarter decides, full years before it are earlier.

    The predecessor's full fiscal years are shown as a reading of their own, because a margin stated for “the
    business” may mean a year.
    """
    years = _full_years(file, predecessor)
    quarters = tuple(_margin(file, [pair]) for pair in _pairs(file, segment))
    before = tuple(_margin(file, [pair]) for pair in _pairs(file, predecessor))
    after = tuple(_margin(file, [pair]) for pair in _pairs(file, successor))
    note = f"The filings give no {said} by segment; the figure is the {measured} margin."
    if after:
        note += f" {_ended(file, segment, successor)}"
    if not quarters:
        raise UnknownFigure(f"revenue and adjusted EBITA of {segment}")
    readings = (quarters[-1], *years[:1], *after[-1:])
    earlier = (*years, *reversed(quarters[:-1]))
    latest = quarters[-1].figure.as_of
    if file.quarters()[-1].end > latest and any(v.segment == segment and v.end > latest for v in file.segments()):
        note += f" Its margin after {latest:%B %Y} is not known."
    return Evidence(
        readings,
        earlier,
        note=note,
        series=(*before, *quarters, *after),
        successor=after[-1] if after else None,
    )


def plan_converted(claim: Claim, file: Dossier, fact: str, years: int, pace_after: int) -> Evidence:
    """The announced amount in the claim's currency, at the rate of the last release before publication.

    That rate stays: a plan does not change with the dollar. Once `pace_after` full quarters are reported, what their
    pace comes to over the plan's years decides, and the announced amount is the earlier value.
    """
    plan = file.fact(fact)
    amount, rate = plan.figure(), file.as_published().filing_rate()
    announced = _converted(amount, rate, plan.label)
    spent = _since(file, amount)
    if not spent:
        return Evidence((announced,), note=plan.note)
    pace = _pace(spent, rate, years)
    readings = (pace, announced) if len(spent) >= pace_after else (announced, pace)
    rates = "Both in dollars at the rate of the last release before publication: the dollar’s moves do not count."
    return Evidence(readings, (announced,), note=f"{plan.note} {_share_spent(spent, amount)} {rates}".strip())


def capex_coverage(claim: Claim, file: Dossier, quarters: int, alternative: int) -> Evidence:
    """Operating cash flow ÷ capex over the last quarters. Cash flow is reported for the group, not for commerce."""
    known = [q for q in file.quarters() if "operating_cash_flow" in q.values and "capex" in q.values]
    if len(known) < quarters:
        raise UnknownFigure(f"operating cash flow and capex of {quarters} quarters")
    windows = [known[end - quarters : end] for end in range(quarters, len(known) + 1)]
    readings = [_coverage(window) for window in windows]
    note = "The filings give no cash flow by segment, so the whole group’s is taken; commerce alone is not known."
    last = file.quarters()[-1]
    if last is not known[-1]:
        note += f" Operating cash flow of the quarter to {last.end:%B %Y} is not known."
    return Evidence((readings[-1], _coverage(known[-alternative:])), tuple(reversed(readings[:-1])), note=note)


def latest_quarter_converted(claim: Claim, file: Dossier, metric: str) -> Evidence:
    """The last known quarterly figure in the claim's currency, each quarter at its own release's rate."""
    known = [q for q in file.quarters() if metric in q.values and "exchange_rate" in q.values]
    if not known:
        raise UnknownFigure(metric_words(metric))
    readings = tuple(
        _converted(_in_billions(q.figure(metric)), q.figure("exchange_rate"), f"{_words(metric)}, {q.end:%B %Y}")
        for q in known
    )
    last = file.quarters()[-1]
    note = "" if last is known[-1] else f"Not known after {known[-1].end:%B %Y}."
    return Evidence(readings[-1:], tuple(reversed(readings[:-1])), note=note, series=readings)


# --- Parts ---


def _words(metric: str) -> str:
    words = metric_words(metric)
    return f"{words[:1].upper()}{words[1:]}"


def _rows(file: Dossier, segment: str, metric: str) -> list[SegmentValue]:
    rows = [v for v in file.segments() if v.segment == segment and v.metric == metric and v.level == "segment"]
    return sorted(rows, key=lambda row: row.end)


def _growth(file: Dossier, row: SegmentValue) -> Reading:
    now, before = file.company.segment_value(row), file.company.segment_value(row, prior=True)
    change = float(growth.year_over_year(now.value, before.value))
    figure = replace(now, value=change * 100, unit=_PERCENT, label=f"{row.segment}, {row.end:%B %Y}")
    working = f"{now.value:,.0f} ÷ {before.value:,.0f} − 1 = {change * 100:.3f} %  ({now.unit})"
    return Reading(f"{row.segment}, quarter to {row.end:%B %Y}", figure, working, (now, before))


def _pairs(file: Dossier, segment: str) -> list[tuple[Figure, Figure]]:
    """Adjusted EBITA and revenue of the quarters in which both are known."""
    revenue = {row.end: row for row in _rows(file, segment, "revenue")}
    return [
        (file.company.segment_value(row), file.company.segment_value(revenue[row.end]))
        for row in _rows(file, segment, "adjusted_ebita")
        if row.end in revenue
    ]


def _margin(file: Dossier, pairs: Sequence[tuple[Figure, Figure]], label: str = "") -> Reading:
    ebita, revenue = sum(e.value for e, _ in pairs), sum(r.value for _, r in pairs)
    last = pairs[-1][1]
    margin = float(growth.margin(ebita, revenue))
    name = label or f"{last.label.split(',')[0]}, quarter to {last.as_of:%B %Y}"
    terms = tuple(figure for pair in pairs for figure in pair)
    figure = replace(last, value=margin * 100, unit=_PERCENT, label=name, confidence=least_confident(*terms))
    return Reading(name, figure, f"{ebita:,.0f} ÷ {revenue:,.0f} = {margin * 100:.2f} %  ({last.unit})", terms)


def _full_years(file: Dossier, segment: str) -> tuple[Reading, ...]:
    """Margins of full fiscal years, latest first. The fourth quarter ends the day before the fiscal year starts."""
    pairs = _pairs(file, segment)
    first_month = int(file.company.profile.fiscal_year_starts[:2])
    readings = []
    for end in range(4, len(pairs) + 1):
        four, last = pairs[end - 4 : end], pairs[end - 1][1]
        whole = (last.as_of - four[0][1].as_of).days < 300
        if whole and last.as_of.month % 12 + 1 == first_month:
            name = f"{last.label.split(',')[0]}, fiscal year to {last.as_of:%B %Y}"
            readings.append(_margin(file, four, name))
    return tuple(reversed(readings))


def _in_billions(figure: Figure) -> Figure:
    return replace(figure, value=figure.value / 1000, unit=Unit.parse(f"{figure.unit.currency} bn"))


def _converted(amount: Figure, rate: Figure, label: str) -> Reading:
    turned = replace(
        convert(amount, rate), as_of=rate.as_of if rate.as_of > amount.as_of else amount.as_of, label=label
    )
    return Reading(label, turned, turned.chain[-1], (amount, rate))


def _coverage(window: Sequence[Quarter]) -> Reading:
    flows = [quarter.figure("operating_cash_flow") for quarter in window]
    spends = [quarter.figure("capex") for quarter in window]
    flow, spend = sum(f.value for f in flows), sum(s.value for s in spends)
    count = {2: "two", 4: "four"}.get(len(window), str(len(window)))
    name = f"{count.capitalize()} quarters to {window[-1].end:%B %Y}"
    figure = replace(
        flows[-1],
        value=flow / spend * 100,
        unit=_PERCENT,
        label=f"operating cash flow ÷ capex, {name.lower()}",
        confidence=least_confident(*flows, *spends),
    )
    working = f"operating cash flow {flow:,.0f} ÷ capex {spend:,.0f} = {flow / spend * 100:.1f} %  ({flows[-1].unit})"
    return Reading(name, figure, working, (*flows, *spends))


def _since(file: Dossier, plan: Figure) -> list[Figure]:
    """Capex of the full quarters since the announcement."""
    first = plan.as_of + QUARTER
    return [q.figure("capex") for q in file.quarters() if q.end >= first and "capex" in q.values]


def _pace(spent: Sequence[Figure], rate: Figure, years: int) -> Reading:
    total = sum(figure.value for figure in spent) / 1000
    whole = total / len(spent) * 4 * years
    unit = Unit.parse(f"{spent[-1].unit.currency} bn")
    label = f"{years} years at the pace of the {len(spent)} quarters to {spent[-1].as_of:%B %Y}"
    amount = replace(spent[-1], value=whole, unit=unit, label=label, confidence=least_confident(*spent))
    turned = replace(convert(amount, rate), label=label)
    line = f"{total:,.1f} ÷ {len(spent)} × {4 * years} = {whole:,.1f} {unit}; {turned.chain[-1]}"
    return Reading(label, turned, line, (*spent, rate))


def _share_spent(spent: Sequence[Figure], plan: Figure) -> str:
    total = sum(figure.value * figure.unit.scale for figure in spent)
    money = f"{plan.unit.currency} {total / 1e9:,.1f}bn, {formats.percent1(total / (plan.value * plan.unit.scale))}"
    return f"Capex reported for the {len(spent)} full quarters since the announcement: {money} of the plan."


def _ended(file: Dossier, segment: str, successor: str) -> str:
    last = max(value.end for value in file.segments() if value.segment == segment)
    return (
        f"“{segment}” was reported until the quarter to {last:%B %Y}; then the segments were regrouped and "
        f"“{successor}” follows it, a different cut of the business."
    )
