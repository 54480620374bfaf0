"""Inputs of the upside page: targets, starting price, time and dividends, probabilities, earnings."""

import math

import numpy as np

from components.calculators.cases import CASES
from components.calculators.earnings import in_listing_currency, trailing_eps
from components.scenario.types import ChoiceInput, Input, NumberInput, number_input
from data.dossier import Dossier
from data.errors import UnitMismatch, UnknownFigure
from data.figures import Figure, Origin

TARGETS = {case: f"{case}_target" for case in CASES}
PROBABILITIES = {case: f"{case}_probability" for case in CASES}
STARTS = {"published": "At publication", "market": "Market", "own": "My own"}


def inputs(dossier: Dossier) -> list[Input]:
    """All inputs of the page, without a price to start from where no close before publication is known."""
    eps = [_trailing(dossier), _forward(dossier)]
    return [
        *_targets(dossier),
        *_start(dossier),
        *_holding(dossier),
        *_probabilities(dossier),
        *(each for each in eps if each is not None),
    ]


def _targets(dossier: Dossier) -> list[Input]:
    claim = dossier.thesis.targets
    low, high = claim.stated.bounds or (0.0, 0.0)
    # Whole tens around prices of two digits and more; around others, whole units of their own size.
    grain = 10.0 if 20 <= high < 100_000 else 10.0 ** math.floor(math.log10(high))
    bounds = (np.floor(low * 0.25 / grain) * grain, np.ceil(high * 1.75 / grain) * grain)
    starts = {
        "bear": (low, "the low end of the article’s targets; it names no case below"),
        "base": ((low + high) / 2, "the middle of the article’s targets"),
        "bull": (high, "the high end of the article’s targets"),
    }
    unit = claim.stated.unit or ""
    return [
        number_input(
            TARGETS[case],
            f"{case.capitalize()} target",
            unit,
            value,
            (float(bounds[0]), float(bounds[1])),
            # Whole steps where the value is whole: every step adds a frame to the sweep that the browser loads.
            (1.0 if value == round(value) else 0.5) if high < 1000 else 5.0,
            provenance,
            origin=Origin.ARTICLE,
        )
        for case, (value, provenance) in starts.items()
    ]


def _start(dossier: Dossier) -> list[Input]:
    try:
        price = dossier.price_before_publication()
    except UnknownFigure:
        return []  # the page itself says what is missing; the others have their inputs all the same
    unit = f"{dossier.company.profile.listing.currency} per {dossier.share_class}"
    provenance = "the close before publication"
    # Two decimals, or three digits where the share costs less than one.
    places = max(2, 2 - math.floor(math.log10(price.value)))
    step = round(10.0**-places, places)
    return [
        ChoiceInput("start", "Price to start from", STARTS, ("published",)),
        NumberInput(
            "own_price",
            "My price",
            unit,
            step,
            max(100_000.0, price.value * 10),
            step,
            price.value,
            places,
            provenance,
            price.origin,
        ),
    ]


def _holding(dossier: Dossier) -> list[Input]:
    listing = dossier.company.profile.listing
    paid = _fact(dossier, dossier.thesis.article.dividend)
    dividend, provenance, origin = 0.0, "no dividend is known", None
    if paid is not None and paid.value >= 0:
        dividend, provenance, origin = paid.value, f"{paid.label}, {paid.source}", paid.origin
    return [
        number_input(
            "months",
            "Months to the target",
            "months",
            12,
            (1, 60),
            1,
            "price targets are by custom for twelve months",
            decimals=0,
        ),
        number_input(
            "dividend",
            "Dividends per year",
            f"{listing.currency} per {listing.share_class}",
            dividend,
            (0, max(6.0, dividend * 3)),
            0.05,
            provenance,
            origin=origin,
            help="Accrues evenly over the months, is not reinvested, before tax.",
        ),
        NumberInput(
            "position",
            f"Position in {listing.share_class}",
            listing.share_class,
            0,
            10_000_000,
            1,
            100,
            0,
            "a round number to begin with",
        ),
    ]


def _probabilities(dossier: Dossier) -> list[Input]:
    provenance = "not from the article: half for the middle case, a quarter each for the others"
    currency = dossier.company.profile.listing.currency
    return [
        *(
            number_input(PROBABILITIES[case], f"Probability of {case}", "%", value, (0, 100), 1, provenance, decimals=0)
            for case, value in {"bear": 25, "base": 50, "bull": 25}.items()
        ),
        number_input(
            "interest",
            f"Interest rate in {currency}",
            "%",
            4,
            (0, 10),
            0.25,
            "not from the article: a round figure",
            help="The yearly rate without risk. The market’s odds let the price drift with it, less the dividends.",
        ),
    ]


def _trailing(dossier: Dossier) -> Input | None:
    then = dossier.as_published()
    currency = dossier.company.profile.listing.currency
    try:
        eps = in_listing_currency(trailing_eps(then.quarters()), then.filing_rate(), currency)
    except (UnknownFigure, UnitMismatch):
        return None
    return _eps("eps_trailing", "Trailing EPS", eps, dossier.share_class, "; ".join(eps.chain))


def _forward(dossier: Dossier) -> Input | None:
    eps = _fact(dossier, dossier.thesis.article.forward_eps)
    if eps is None or eps.unit.currency != dossier.company.profile.listing.currency:
        return None
    return _eps("eps_forward", "Forward EPS", eps, dossier.share_class, f"{eps.label}, {eps.source}")


def _eps(key: str, label: str, eps: Figure, share_class: str, provenance: str) -> Input | None:
    if eps.value <= 0:
        return None
    low, high = max(min(0.05, eps.value * 0.5), eps.value * 0.4), eps.value * 2
    unit = f"{eps.unit.currency} per {share_class}"
    return number_input(key, label, unit, eps.value, (low, high), 0.02, provenance, origin=eps.origin)


def _fact(dossier: Dossier, fact_id: str | None) -> Figure | None:
    if fact_id is None:
        return None
    try:
        return dossier.as_published().fact(fact_id).figure()
    except UnknownFigure:
        return None
