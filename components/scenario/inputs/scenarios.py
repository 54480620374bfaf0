"""What the reader may choose on the page of scenarios: which of them stand beside the article's own case."""

from components.scenario.types import ChoiceInput
from data.dossier import Dossier
from data.scenarios import own_scenarios

BESIDE = "beside"


def choices(dossier: Dossier) -> list[ChoiceInput]:
    """The saved scenarios on this thesis; none chosen means the last ones. None where nothing is saved."""
    options = {key: each.name for key, each in own_scenarios().of_all(dossier.name).items()}
    return [ChoiceInput(BESIDE, "Beside the article’s case", options, (), several=True)] if options else []
