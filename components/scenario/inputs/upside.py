"""Inputs of the upside page: targets, starting price, time and dividends, probabilities, earnings."""

import math

import numpy as np

from components import formats
from components.calculators.aims import aims
from components.calculators.cases import CASES
from components.scenario.inputs.beginning import Beginning, Known, at_market, at_publication
from components.scenario.types import ChoiceInput, Input, NumberInput, known_places, number_input
from data.dossier import Dossier
from data.errors import UnknownFigure

TARGETS = {case: f"{case}_target" for case in CASES}
PROBABILITIES = {case: f"{case}_probability" for case in CASES}
# What has another default where returns start from today's price.
OF_START = ("months", "dividend", "eps_trailing", "eps_forward")
STARTS = {"market": "Market", "published": "At publication", "own": "My own"}


def inputs(dossier: Dossier, start: str = "") -> list[Input]:
    """All inputs of the page, without a price to start from where no close before publication is known.

    `start` is one of STARTS, or empty for the default: the market, or publication where no market price is known. The
    defaults of time, dividends and earnings are those that belong to it.
    """
    begin = at_publication(dossier) if (start or _home(dossier)) == "published" else at_market(dossier)
    eps = [_eps("eps_trailing", "Trailing EPS", begin.eps_trailing, dossier),
           _eps("eps_forward", "Forward EPS", begin.eps_forward, dossier)]  # fmt: skip
    return [
        *_targets(dossier),
        *_start(dossier),
        *_holding(dossier, begin),
        *_probabilities(dossier),
        *(each for each in eps if each is not None),
    ]


def _home(dossier: Dossier) -> str:
    """Where returns start from at first: the market, where its price is known in the listing's currency."""
    try:
        price = dossier.market.price(dossier.symbol)
    except UnknownFigure:
        return "published"
    return "market" if price.unit == dossier.listed_unit else "published"


def _targets(dossier: Dossier) -> list[Input]:
    try:
        found = aims(dossier)
    except UnknownFigure:
        return []  # neither target nor price: the page itself says so
    low, _, high = found.values
    # Whole tens around prices of two digits and more; around others, whole units of their own size.
    grain = 10.0 if 20 <= high < 100_000 else 10.0 ** math.floor(math.log10(high))
    bounds = (np.floor(low * 0.25 / grain) * grain, np.ceil(high * 1.75 / grain) * grain)
    return [
        number_input(
            TARGETS[case],
            f"{case.capitalize()} target",
            dossier.listed_unit.text,
            value,
            (float(bounds[0]), float(bounds[1])),
            # Each step adds a frame to the sweep that the browser loads; what lies between can be typed.
            1.0 if high < 1000 else 5.0,
            reason,
            decimals=known_places(value, 2),
            origin=found.origin,
            short=case.capitalize(),
        )
        for case, value, reason in zip(CASES, found.values, found.reasons, strict=True)
    ]


def _start(dossier: Dossier) -> list[Input]:
    try:
        price = dossier.price_before_publication()
    except UnknownFigure:
        return []  # the page itself says what is missing; the others have their inputs all the same
    unit = dossier.listed_unit.text
    provenance = "the close before publication"
    # Two decimals, or three digits where the share costs less than one.
    places = max(2, 2 - math.floor(math.log10(price.value)))
    step = round(10.0**-places, places)
    return [
        ChoiceInput("start", "Price to start from", STARTS, (_home(dossier),)),
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
            slides=False,
        ),
    ]


def _holding(dossier: Dossier, begin: Beginning) -> list[Input]:
    listing, paid = dossier.company.profile.listing, begin.dividend
    return [
        number_input(
            "months",
            "Months to the target",
            "months",
            begin.months.value,
            (1, 60),
            1,
            begin.months.provenance,
            decimals=0,
        ),
        number_input(
            "dividend",
            "Dividends a year",
            dossier.listed_unit.text,
            paid.value,
            (0, max(6.0, paid.value * 3)),
            0.05,
            paid.provenance,
            decimals=known_places(paid.value, 2),
            origin=paid.origin,
            help="Accrues evenly over the months, is not reinvested, before tax.",
            short=f"Dividends a year, {listing.quoted_in}",
        ),
        NumberInput(
            "position",
            f"Position in {formats.shares_of(listing.share_class)}",
            formats.shares_of(listing.share_class),
            0,
            10_000_000,
            1,
            100,
            0,
            "a round number to begin with",
            slides=False,
        ),
    ]


def _probabilities(dossier: Dossier) -> list[Input]:
    provenance = "not from the article: half for the middle case, a quarter each for the others"
    currency = dossier.company.profile.listing.currency
    return [
        *(
            number_input(
                PROBABILITIES[case],
                f"Probability of {case}",
                "%",
                value,
                (0, 100),
                1,
                provenance,
                decimals=0,
                short=case.capitalize(),
            )
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
            help="The yearly rate without risk. The odds let the price drift with it, less the dividends.",
        ),
    ]


def _eps(key: str, label: str, eps: Known | None, dossier: Dossier) -> Input | None:
    if eps is None:
        return None
    label = f"{label}, {eps.measure}" if eps.measure else label
    currency = dossier.company.profile.listing.quoted_in
    low, high = max(min(0.05, eps.value * 0.5), eps.value * 0.4), eps.value * 2
    return number_input(
        key, label, dossier.listed_unit.text, eps.value, (low, high), 0.02, eps.provenance,
        decimals=known_places(eps.value, 2), origin=eps.origin, short=f"{label}, {currency}",
    )  # fmt: skip
