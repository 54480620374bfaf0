"""One article among others: its company, its day, the price since, and how many of its claims hold."""

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass

from components.calculators.audit.audit import audit
from components.calculators.audit.rules import Verdict
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Figure


@dataclass(frozen=True)
class Entry:
    """One article.

    Attributes
    ----------
    name : of its file, as an address names it.
    then, now : the last close before it appeared, and the latest price; None where not known.
    held, hold, tested : how many of its claims held when it appeared and hold today, and how many have a test.
    problem : what is wrong with its files; empty where nothing is.
    """

    name: str
    title: str
    company: str = ""
    published: dt.date | None = None
    then: Figure | None = None
    now: Figure | None = None
    held: int = 0
    hold: int = 0
    tested: int = 0
    problem: str = ""


def entry_of(dossier: Dossier) -> Entry:
    """The entry of a thesis. Raises DataFileError and ValueError as `audit` does."""
    findings = audit(dossier)
    then = now = None
    with suppress(UnknownFigure):
        then = dossier.price_before_publication()
    with suppress(UnknownFigure):
        now = dossier.market.price(dossier.symbol)
    return Entry(
        dossier.name,
        dossier.thesis.article.name,
        dossier.company.profile.short_name,
        dossier.published,
        then,
        now,
        sum(each.published.verdict is Verdict.SUPPORTED for each in findings),
        sum(each.today.verdict is Verdict.SUPPORTED for each in findings),
        sum(each.today.verdict is not Verdict.RECORDED for each in findings),
    )
