"""Net cash, which two pages go on from: whether to, and by what."""

from components import formats
from components.calculators.net_cash import NetCash
from components.scenario.types import ChoiceInput


def start(cash: NetCash) -> ChoiceInput:
    """Whether net cash goes on from the last reported value."""
    known = cash.reported_in_billions
    return ChoiceInput(
        "net_cash_start",
        "Net cash",
        {"last": f"{formats.figure(known)} of {known.as_of:%B %Y}, and what came since", "unknown": "Leave it out"},
        ("last",),
        help="The last reported value is not today’s. What is known to have come and gone since is added step by step.",
    )
