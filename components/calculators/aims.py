"""What the three cases start from: the article's price targets, the value that it arrives at, or the price itself.

All per listed share, in the unit of its price. A target above the price is no better a start than a value below it.
"""

from dataclasses import dataclass

from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Figure, Origin, rescaled
from data.thesis import Claim

AROUND = 0.15  # how far the cases lie around a single value, as a share of it: a round figure of ours


@dataclass(frozen=True)
class Aims:
    """The three starts.

    Attributes
    ----------
    values : for bear, base and bull.
    reasons : where each comes from, in words.
    origin : that of all three; None where they are assumed.
    noun : what the article states, “targets” or “value”; empty where it states neither.
    band : what it states, from low to high; None where it states neither.
    """

    values: tuple[float, float, float]
    reasons: tuple[str, str, str]
    origin: Origin | None
    noun: str = ""
    band: tuple[float, float] | None = None


def aims(dossier: Dossier) -> Aims:
    """The starts of a thesis. Raises UnknownFigure where it states nothing and no price is known, UnitMismatch."""
    thesis = dossier.thesis
    if (targets := thesis.targets) is not None:
        low, high = _ends(dossier, targets)
        if thesis.article.target_middle is not None:
            claim = thesis.claim_by_id(thesis.article.target_middle)
            middle, said = sum(_ends(dossier, claim)) / 2, "the mean of the targets that the article states"
        else:
            middle, said = (low + high) / 2, "the middle of the article’s targets"
        ends = ("the low end of the article’s targets; it names no case below", "the high end of the article’s targets")
        if low < high:
            return Aims((low, middle, high), (ends[0], said, ends[1]), Origin.ARTICLE, "targets", (low, high))
        away = f"{AROUND:.0%} {{}} the article’s one target: a round figure of ours"
        spread = (middle * (1 - AROUND), middle, middle * (1 + AROUND))
        return Aims(
            spread, (away.format("below"), "the article’s target", away.format("above")), None, "targets", (low, high)
        )
    if (valued := thesis.house_value) is not None:
        low, high = _ends(dossier, valued)
        middle = (low + high) / 2
        away = f"{AROUND:.0%} {{}} the value that the article arrives at: a round figure of ours"
        bear, bull = (low, high) if low < high else (middle * (1 - AROUND), middle * (1 + AROUND))
        reasons = (away.format("below"), "the value that the article arrives at", away.format("above"))
        return Aims((bear, middle, bull), reasons, None, "value", (low, high))
    price = _price(dossier)
    said = "the article states no target; {} the price: a round figure of ours"
    reasons = (said.format(f"{AROUND:.0%} below"), said.format("at"), said.format(f"{AROUND:.0%} above"))
    return Aims((price.value * (1 - AROUND), price.value, price.value * (1 + AROUND)), reasons, None)


def band_of(dossier: Dossier) -> tuple[float, float] | None:
    """What the article states of a target or a value, from low to high; None where it states neither."""
    stated = dossier.thesis.targets or dossier.thesis.house_value
    return None if stated is None else _ends(dossier, stated)


def _ends(dossier: Dossier, claim: Claim) -> tuple[float, float]:
    bounds = claim.stated.bounds
    if bounds is None:
        raise UnknownFigure(f"both ends of “{claim.label}”")
    low, high = (rescaled(dossier.thesis.bound(claim, end, claim.label), dossier.listed_unit).value for end in bounds)
    return low, high


def _price(dossier: Dossier) -> Figure:
    try:
        return dossier.market.price(dossier.symbol)
    except UnknownFigure:
        return dossier.price_before_publication()
