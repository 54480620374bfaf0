"""What comes of scenarios, and what the market did since each was made: the rows of both."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from components import formats
from components.calculators.audit.audit import audit
from components.calculators.cases import CASES, Outcome
from components.readouts.sides import Side, alike, bit, is_reached, moved, row, setting, still_to_go, told
from components.scenario.inputs.upside import PROBABILITIES
from data.dossier import Dossier
from data.figures import Figure


def odds_note(sides: Sequence[Side]) -> str:
    """The probabilities, where they are the same everywhere."""
    if not alike(sides, PROBABILITIES.values()):
        return ""
    found = [setting(sides[0], key) for key in PROBABILITIES.values()]
    if None in found:
        return ""
    return f"probabilities {', '.join(f'{each:g}' for each in found)} in all of them"


def result_rows(dossier: Dossier, sides: Sequence[Side]) -> Iterator[dict[str, Any]]:
    """Returns, multiples and odds of the upside; of other pages what is not the same everywhere."""
    for case in CASES:
        cells = [told("not known") if s.outcome is None else _return(s.outcome.cases[case].total) for s in sides]
        yield row(f"Total return, {case}", cells, mark=case, strong=case == "base")
    money = dossier.company.profile.listing.quoted_in
    yield row("Expected, by probability", [_of(side, lambda f: _expected(f, money)) for side in sides],
               mark="expected")  # fmt: skip
    yield row("Base case, a year", [_of(side, lambda found: _a_year(found)) for side in sides])
    if any(side.scenario.has("eps_trailing") or side.scenario.has("eps_forward") for side in sides):
        yield row("Implied P/E of base, trailing · forward", [_of(side, _multiples) for side in sides])
    if any(side.odds for side in sides):
        yield row("Odds of base, at its date", [told(side.odds or "not known") for side in sides])
    for key, label in (
        ("value", f"Sum of the parts, per {dossier.share_class}"),
        ("model", f"Growth model, per {dossier.share_class}"),
        ("coverage", "Cash covers, of plan and payouts"),
    ):
        if len({side.more.get(key) for side in sides}) > 1:
            yield row(label, [told(side.more.get(key, "not known")) for side in sides])


def _of(side: Side, write: Callable[[Outcome], dict[str, Any]]) -> dict[str, Any]:
    return told("not known") if side.outcome is None else write(side.outcome)


def _return(ratio: Any) -> dict[str, Any]:
    return told(str(formats.change1(ratio)), tone="loss" if float(ratio) < 0 else "")


def _expected(found: Outcome, currency: str) -> dict[str, Any]:
    at = bit(f"at {formats.money(found.expected_target, currency)}", quiet=True)
    cell = _return(found.expected_total)
    return {**cell, "bits": [*cell["bits"], at]}


def _a_year(found: Outcome) -> dict[str, Any]:
    a_year = str(formats.change1(found.cases["base"].annualised))
    return told("under a year" if a_year == formats.NOT_STATED else a_year)


def _multiples(found: Outcome) -> dict[str, Any]:
    base = found.cases["base"]
    both = [
        "not known" if each is None else str(formats.multiple1(each)) for each in (base.pe_trailing, base.pe_forward)
    ]
    return told(" · ".join(both))


def since_rows(dossier: Dossier, sides: Sequence[Side]) -> Iterator[dict[str, Any]]:
    """The price, what is left to the target, and figures and verdicts that have changed."""
    known = next((side.course.now for side in sides if side.course is not None), None)
    if known is None:
        yield row("Price", [told("not known") for _ in sides])
        return
    yield row(f"Price, to {formats.day(known.as_of)}", [_price_cell(side) for side in sides])
    yield row("Still to go to the base target", [_to_go(side, known) for side in sides])
    for name, label in (("rate", "Exchange rate"), ("eps_trailing", "Trailing EPS"), ("eps_forward", "Forward EPS")):
        cells = [_seen_cell(dossier, side, name) for side in sides]
        if any(cells):
            yield row(label, [cell or told("") for cell in cells])
    changes = [_verdict_cell(dossier, side, sides) for side in sides]
    if any(changes):
        yield row("Verdicts that changed", [each or told("none", quiet=True) for each in changes])


def _price_cell(side: Side) -> dict[str, Any]:
    course = side.course
    if course is None:
        return told("not known")
    change, then, now = moved(course), course.then, course.now
    span = f"{formats.number(then.value, 2)} → {formats.number(now.value, 2)}"
    points = [[day.toordinal(), value] for day, value in course.points if day <= now.as_of]
    split = then.as_of.toordinal()
    course_drawn = {
        "before": [*([point for point in points if point[0] < split]), [split, then.value]],
        "after": [
            [split, then.value],
            *(point for point in points if point[0] > split),
            [now.as_of.toordinal(), now.value],
        ],
    }
    if then.as_of >= now.as_of:
        return {**told("no later price"), "detail": span, "course": {**course_drawn, "after": [[split, now.value]]}}
    tone = "loss" if change < 0 else "gain"
    return {**told(str(formats.change1(change)), tone=tone), "detail": span, "course": course_drawn}


def _to_go(side: Side, now: Figure) -> dict[str, Any]:
    found = still_to_go(side, now)
    if found is None:
        return told("not known")
    return told("reached" if is_reached(side, now) else str(formats.change1(found)))


def _seen_cell(dossier: Dossier, side: Side, name: str) -> dict[str, Any] | None:
    """How a figure has changed since a scenario was saved; None where it has not, or cannot be told."""
    was = side.kept.seen.get(name) if side.kept else None
    if was is None:
        return None
    is_now = _figure_now(dossier, side, name)
    if is_now is None or abs(is_now - was.value) < 1e-9:
        return None
    places = 4 if name == "rate" else 2
    return {**told(f"{formats.number(was.value, places)} → {formats.number(is_now, places)}"), "detail": was.unit}


def _figure_now(dossier: Dossier, side: Side, name: str) -> float | None:
    if name == "rate":
        return dossier.filing_rate().value
    each = side.scenario.inputs.get(name)
    default = getattr(each, "default", None)
    return float(default) if isinstance(default, (int, float)) else None


def _verdict_cell(dossier: Dossier, side: Side, sides: Sequence[Side]) -> dict[str, Any] | None:
    """The claims whose verdict of today is another than on the day of saving."""
    if side.kept is None:
        return None
    now = _verdicts_now(dossier)
    labels = {claim.id: claim.label for claim in dossier.thesis.claim}
    changed = [
        f"{labels[claim]}: {was} → {now[claim]}"
        for claim, (_, was) in side.kept.verdicts.items()
        if claim in now and now[claim] != was
    ]
    return {**told(f"{len(changed)}"), "detail": "; ".join(changed)} if changed else None


def _verdicts_now(dossier: Dossier) -> Mapping[str, str]:
    return dossier.once("verdicts", lambda: {each.claim.id: str(each.today.verdict) for each in audit(dossier)})
