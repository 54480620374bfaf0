"""What the reader may choose on the segments page: the businesses that are shown."""

from components.scenario.types import ChoiceInput
from data.dossier import Dossier

SHOWN_AT_FIRST = 3


def choices(dossier: Dossier) -> list[ChoiceInput]:
    """The businesses; none where the company has no segments."""
    families = dossier.company.profile.family
    if not families:
        return []
    shown = tuple(family.id for family in families[:SHOWN_AT_FIRST])
    options = {family.id: family.label for family in families}
    return [ChoiceInput("families", "Businesses", options, shown, several=True)]
