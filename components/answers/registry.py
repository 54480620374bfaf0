"""The pages. One entry each: from it come navigation, first document, sweeps, and whatever prints or exports a page.

A new page is an entry here, a script in `pages/` of the same name, and an answer of its own.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from components.answers import capex, claims, overview, segments, upside, valuation
from components.answers.answer import Answer, Asked
from components.scenario.inputs import capex as capex_inputs
from components.scenario.inputs import claims as claims_inputs
from components.scenario.inputs import overview as overview_inputs
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
    name : its script's stem in `pages/` and its place in the address.
    title : its name in the navigation.
    question : what it answers.
    line : what it shows; `{case}` stands for the article's case in a sentence.
    answer : works it out. Raises UnknownFigure with the name of what is missing.
    inputs : what the reader may set on it, for a thesis.
    choices : what the reader may choose to look at on it.
    sliders : the inputs that its texts and charts follow while a handle moves.
    """

    name: str
    title: str
    question: str
    line: str
    answer: Callable[[Asked], Answer]
    inputs: Callable[[Dossier], list[Input]] = _none
    choices: Callable[[Dossier], list[ChoiceInput]] = _none
    sliders: Callable[[Scenario], list[str]] = _none

    def line_for(self, dossier: Dossier) -> str:
        """The line that explains the page, for a thesis."""
        return self.line.replace("{case}", dossier.thesis.article.sentence)


PAGES: Mapping[str, PageEntry] = {
    page.name: page
    for page in (
        PageEntry(
            "overview",
            "Overview",
            "Does the thesis hold?",
            "The case: {case}",
            overview.answer,
            choices=overview_inputs.choices,
        ),
        PageEntry(
            "upside",
            "Upside",
            "What is the upside?",
            "Move the targets: every figure and chart follows. The sliders start from the article’s own numbers.",
            upside.answer,
            inputs=upside_inputs.inputs,
            sliders=upside.sliders,
        ),
        PageEntry(
            "valuation",
            "Valuation",
            "What is it worth?",
            "The businesses at multiples of your choice, the share beside its peers, and what the price implies.",
            valuation.answer,
            inputs=valuation_inputs.inputs,
            choices=valuation_inputs.choices,
            sliders=valuation.sliders,
        ),
        PageEntry(
            "segments",
            "Segments",
            "What drives it?",
            "Revenue, growth and margin of the businesses, quarter by quarter, from the company’s releases. What comes "
            "from press reports, or is derived, is marked.",
            segments.answer,
            choices=segments_inputs.choices,
        ),
        PageEntry(
            "capex",
            "Capex",
            "Can it pay for it?",
            "The investment plan against what was spent so far, and what pays for the rest.",
            capex.answer,
            inputs=capex_inputs.inputs,
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


def inputs_of(dossier: Dossier) -> Inputs:
    """All that a reader may set, on all pages."""
    return {each.key: each for page in PAGES.values() for each in page.inputs(dossier)}


def choices_of(dossier: Dossier) -> Choices:
    """All that a reader may choose to look at, on all pages."""
    return {each.key: each for page in PAGES.values() for each in page.choices(dossier)}
