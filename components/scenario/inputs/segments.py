"""What the reader may choose on the segments page: the businesses that are shown."""

from components.scenario.types import ChoiceInput
from data.dossier import Dossier

MOST_AT_FIRST = 4


def choices(dossier: Dossier) -> list[ChoiceInput]:
    """The businesses; at first those of the present structure, loss-makers too. None without segments."""
    families = dossier.company.profile.family
    if not families:
        return []
    last = dossier.company.profile.structure[-1].id if dossier.company.profile.structure else None
    present = [family.id for family in families if last in family.segments] or [family.id for family in families]
    shown = tuple(present[:MOST_AT_FIRST])
    options = {family.id: family.label for family in families}
    return [ChoiceInput("families", "Businesses", options, shown, several=True)]
