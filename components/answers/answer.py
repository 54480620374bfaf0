"""What an answer is: what it was asked on, its leading sentence, and what follows its sliders."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from components.readouts.blocks import Sentence
from components.scenario.record import Scenario, View
from components.scenario.sweep import FigurePatch, SweepModel
from data.dossier import Dossier


@dataclass(frozen=True)
class Asked:
    """What an answer rests on: what is known, what the reader has set, and what he looks at."""

    dossier: Dossier
    scenario: Scenario
    view: View


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A page worked out.

    Attributes
    ----------
    lead : the page's result in a sentence, with its slots.
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
        """The listing's currency."""
        return self.dossier.company.profile.listing.currency

    @property
    def slots(self) -> Mapping[str, Any]:
        """What all slots of the page read now."""
        return self.lead.slots

    @property
    def patches(self) -> tuple[FigurePatch, ...]:
        """What the sliders' present values put into the page's charts."""
        return () if self.model is None else self.model.current.patches
