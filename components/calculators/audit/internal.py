"""The article's own numbers against each other: whether what it derives follows from what it states."""

from components.calculators.audit.rules import Evidence, Reading, computed
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Figure
from data.sums import Expression, Sum
from data.thesis import Claim

HOW = ("change", "ratio", "difference", "product", "sum")


def internal(claim: Claim, dossier: Dossier, how: str, of: str, by: str) -> Evidence:
    """`of` and `by`, two other claims: the change of ÷ by − 1, their ratio, difference, product or sum.

    It says whether the article agrees with itself, not whether it is right. Raises UnknownFigure where one of them
    states no number, KeyError where there is no such claim.
    """
    above, below = (_stated(dossier, dossier.thesis.claim_by_id(each)) for each in (of, by))
    unit = claim.stated.counted_in or "ratio"
    if how in ("change", "ratio", "difference", "sum"):
        above.same_unit(below)
    result = Sum(_worked(how, above, below), unit, max(claim.stated.decimals, 0) + 2)
    figure = computed(above, result, "of the article’s own numbers")
    name = "Of the article’s own numbers"
    return Evidence((Reading(name, figure, (result,), measure=name),), note="This tests the article against itself.")


def _stated(dossier: Dossier, claim: Claim) -> Figure:
    ends = [end for end in claim.stated.ends if end is not None]
    if not ends:
        raise UnknownFigure(f"a number in “{claim.label}”")
    return dossier.thesis.bound(claim, sum(ends) / len(ends), claim.label)


def _worked(how: str, above: Figure, below: Figure) -> Expression:
    first, second = above.term(2, with_unit=True), below.term(2, with_unit=True)
    match how:
        case "change":
            return first / second - 1
        case "ratio":
            return first / second
        case "difference":
            return first - second
        case "sum":
            return first + second
        case _:
            return first * second
