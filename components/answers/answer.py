"""The question that a page is asked, and its answer: the leading sentence, and all that follows the sliders."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from components.charts.chart import Chart
from components.readouts.blocks import Sentence
from components.scenario.address import write_address
from components.scenario.record import Scenario, View
from components.scenario.sweep import FigurePatch, SweepModel
from data.dossier import Dossier


@dataclass(frozen=True)
class Asked:
    """The question that a page is asked.

    Attributes
    ----------
    dossier : everything known about the thesis.
    scenario : the reader's settings.
    view : what the reader looks at, a filter for instance.
    owner : who the reader is, where there is a login; empty otherwise.
    """

    dossier: Dossier
    scenario: Scenario
    view: View
    owner: str = ""


def drawn(*charts: Chart | str | None) -> list[Chart]:
    """Those that are charts: a page says in words what it cannot draw."""
    return [each for each in charts if isinstance(each, Chart)]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The computed result of a page; each page has a subclass.

    Attributes
    ----------
    lead : the page's result as a sentence with slots.
    model : what the page shows for any values of its sliders; None for a page without sliders.
    """

    asked: Asked
    lead: Sentence
    model: SweepModel | None = None

    @property
    def dossier(self) -> Dossier:
        return self.asked.dossier

    @property
    def scenario(self) -> Scenario:
        return self.asked.scenario

    @property
    def view(self) -> View:
        return self.asked.view

    @property
    def currency(self) -> str:
        """What the price counts: the listing's currency, or pence."""
        return self.dossier.company.profile.listing.quoted_in

    def claim_link(self, claim: str) -> dict[str, str]:
        """The address of one claim on the claims page. It keeps the thesis and all settings, but not the view."""
        view = View(self.view.choices).set("claim", (claim,))
        return write_address(self.scenario, view, self.dossier.name)

    @property
    def slots(self) -> Mapping[str, Any]:
        """The present text of every slot on the page."""
        return self.lead.slots

    def charts(self) -> list[Chart]:
        """The charts of the page, in the order in which they stand on it."""
        return []

    @property
    def patches(self) -> tuple[FigurePatch, ...]:
        """The values that the sliders' present positions give to the page's charts; empty without sliders."""
        return () if self.model is None else self.model.current.patches
