"""All pages. Navigation, first documents, sweeps and exports are built from this list.

A new page needs an entry here, a script of the same name in `pages/`, and an answer module.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from components import formats
from components.answers import capex, claims, overview, segments, upside, valuation
from components.answers.answer import Answer, Asked
from components.scenario.inputs import capex as capex_inputs
from components.scenario.inputs import claims as claims_inputs
from components.scenario.inputs import overview as overview_inputs
from components.scenario.inputs import scenarios as scenarios_inputs
from components.scenario.inputs import segments as segments_inputs
from components.scenario.inputs import upside as upside_inputs
from components.scenario.inputs import valuation as valuation_inputs
from components.scenario.record import Scenario
from components.scenario.types import ChoiceInput, Choices, Input, Inputs
from data.dossier import Dossier
from data.errors import UnitMismatch, UnknownFigure

_log = logging.getLogger(__name__)


def _none(whatever: Dossier | Scenario) -> list:
    return []


@dataclass(frozen=True)
class PageEntry:
    """One page.

    Attributes
    ----------
    name : the name of its script in `pages/`, without the suffix, and of its path in the address.
    title : its name in the navigation.
    question : the question that it answers; its heading.
    line : what the page is about, behind the question's mark; `{case}` stands for the article's case in one sentence,
        `{share}`, `{profit}`, `{parts}` and `{regrouped}` for the terms that this company needs explained.
    answer : computes the page. Raises UnknownFigure with the name of the missing figure.
    inputs : the settings that a thesis has on this page, where returns start from a price of the kind named.
    choices : what the reader may choose to look at on this page.
    sliders : the keys of the inputs that texts and charts follow during a drag.
    shared : the keys of settings of another page that stand on this one, too.
    """

    name: str
    title: str
    question: str
    line: str
    answer: Callable[[Asked], Answer]
    inputs: Callable[[Dossier, str], list[Input]] = lambda dossier, start: []
    choices: Callable[[Dossier], list[ChoiceInput]] = _none
    sliders: Callable[[Scenario], list[str]] = _none
    shared: tuple[str, ...] = ()

    def line_for(self, dossier: Dossier) -> str:
        """What the page is about, for a thesis; it explains the terms that the page uses."""
        listing = dossier.company.profile.listing
        share = ""
        if listing.share_class.isupper() and listing.ordinary_shares != 1:
            share = (
                f"{listing.share_class}: the listed security; one stands for {listing.ordinary_shares} ordinary shares."
            )
        profile, measure = (
            dossier.company.profile,
            dossier.company.profile.measures.get(dossier.company.profile.segment_profit),
        )
        defined = measure.definition.rstrip(".") if measure is not None else ""
        parts = (
            "The businesses at multiples of your choice. Holding discount: what is taken off businesses that are held "
            "together."
        )
        texts = {
            "{case}": dossier.thesis.article.sentence,
            "{share}": share,
            "{profit}": f"{formats.capitalised(profile.profit_words)}: {defined}." if defined else "",
            "{parts}": parts if dossier.thesis.article.valuation is not None else "",
            "{regrouped}": "Regrouped: the company divided its business anew." if len(profile.structure) > 1 else "",
        }
        line = self.line
        for name, text in texts.items():
            line = line.replace(name, text)
        return " ".join(line.split())


PAGES: Mapping[str, PageEntry] = {
    page.name: page
    for page in (
        PageEntry(
            "overview",
            "Overview",
            "Does the thesis hold?",
            "The case: {case} {share}",
            overview.answer,
            choices=overview_inputs.choices,
        ),
        PageEntry(
            "upside",
            "Upside",
            "What is the upside?",
            "Move the targets: every figure and chart follows. The sliders start from the article’s own numbers and "
            "from today’s price; what you move is marked Y. {share}",
            upside.answer,
            inputs=upside_inputs.inputs,
            sliders=upside.sliders,
        ),
        PageEntry(
            "valuation",
            "Valuation",
            "What is it worth?",
            "What the price implies, and the share beside its peers. {parts} {profit} {share}",
            valuation.answer,
            inputs=lambda dossier, start: valuation_inputs.inputs(dossier),
            choices=valuation_inputs.choices,
            sliders=valuation.sliders,
            shared=("net_cash_start",),
        ),
        PageEntry(
            "segments",
            "Segments",
            "What drives it?",
            "Revenue, growth and margin of the businesses, period by period, from the company’s releases. What comes "
            "from press reports, or is derived, is marked. {profit} {regrouped}",
            segments.answer,
            choices=segments_inputs.choices,
        ),
        PageEntry(
            "capex",
            "Capex",
            "Can it pay for it?",
            "The investment plan against what was spent so far, and what pays for the rest.",
            capex.answer,
            inputs=lambda dossier, start: capex_inputs.inputs(dossier),
            sliders=capex.sliders,
        ),
        PageEntry(
            "claims",
            "Claims",
            "Is the article right?",
            "Every figure of the article, tested against what was public when it appeared and against what is known "
            "today.",
            claims.answer,
            choices=claims_inputs.choices,
        ),
    )
}

START = "overview"


def work_out(name: str, asked: Asked) -> Answer:
    """A page worked out: the one way to an answer.

    What a calculator cannot do with these settings becomes a figure that is not known, with the calculator's own words
    as its name. Raises UnknownFigure, and DataFileError for a file that is wrong.
    """
    try:
        return PAGES[name].answer(asked)
    except (ArithmeticError, ValueError, UnitMismatch) as impossible:
        _log.warning("%s cannot be worked out for %s: %r", name, dict(asked.scenario.changed), impossible)
        raise UnknownFigure(f"a result for these settings ({impossible})") from impossible


def inputs_of(dossier: Dossier, start: str = "") -> Inputs:
    """All settings that the reader may change, on all pages, by key; with the defaults that belong to a start.

    Without a `start`, returns start from the market, or at publication where no market price is known.

    Raises
    ------
    UnknownFigure : no close before publication is known.
    KeyError : the thesis names a fact that does not exist.
    UnitMismatch : the thesis names an exchange rate that does not fit the figure to convert.
    ValueError : a segment has a profit on revenue that is not positive.
    """
    return {each.key: each for page in PAGES.values() for each in page.inputs(dossier, start)}


def choices_of(dossier: Dossier) -> Choices:
    """All choices of what to look at, on all pages, by key.

    Raises KeyError, UnitMismatch and ValueError where `inputs_of` does.
    """
    of_pages = [each for page in PAGES.values() for each in page.choices(dossier)]
    return {each.key: each for each in [*of_pages, *scenarios_inputs.choices(dossier)]}
