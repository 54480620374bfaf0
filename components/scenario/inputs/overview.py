"""What the reader may choose on the overview: the day on which figures count as known."""

from components.scenario.types import ChoiceInput
from data.dossier import Dossier

MOMENTS = {"today": "Today", "published": "As published"}


def choices(dossier: Dossier) -> list[ChoiceInput]:
    """The day whose knowledge the page shows: today, or publication."""
    return [ChoiceInput("moment", "Figures as known", MOMENTS, ("today",))]
