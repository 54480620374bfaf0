"""What the reader may choose on the claims page: filters, and the one claim that is open."""

from components.calculators.audit.rules import Verdict
from components.scenario.types import ChoiceInput
from data.dossier import Dossier

ALL = "all"


def choices(dossier: Dossier) -> list[ChoiceInput]:
    """Topics, verdicts and claims of the thesis."""
    topics = {claim.topic: claim.topic for claim in dossier.thesis.claim}
    recorded = any(claim.test is None for claim in dossier.thesis.claim)
    verdicts = {
        verdict.name.lower(): str(verdict) for verdict in Verdict if recorded or verdict is not Verdict.RECORDED
    }
    claims = {ALL: "All claims"} | {claim.id: claim.statement for claim in dossier.thesis.claim}
    return [
        ChoiceInput("topics", "Topic", topics, (), several=True),
        ChoiceInput("verdicts", "Verdict, then or now", verdicts, (), several=True),
        ChoiceInput("claim", "Claim", claims, (ALL,)),
    ]
