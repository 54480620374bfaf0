"""A scenario as it is saved: the content of a link, with the figures and verdicts that the reader saw."""

from collections.abc import Iterator
from contextlib import suppress

from components.answers import address
from components.answers.answer import Asked
from components.answers.reference import market_now
from components.calculators.audit.audit import audit
from components.readouts.scenario_inputs import EARNINGS
from components.scenario.record import Scenario, View
from components.scenario.types import NumberInput
from data import clock
from data.dossier import Dossier
from data.errors import DataFileError, UnitMismatch, UnknownFigure
from data.figures import Figure, is_one_to_one
from data.scenarios import SavedScenario, Seen


def saved(asked: Asked, name: str, page: str, owner: str = "") -> SavedScenario:
    """The present settings under a name. Raises pydantic's ValidationError for a name that cannot be one."""
    dossier = asked.dossier
    return SavedScenario(
        name=name,
        thesis=dossier.name,
        page=page,
        query=content(dossier, asked.scenario),
        saved=clock.now(),
        seen=seen(dossier, asked.scenario),
        verdicts=verdicts(dossier),
        owner=owner,
    )


def content(dossier: Dossier, scenario: Scenario) -> dict[str, str]:
    """What a link to these settings holds, the market price included; not what the reader looks at."""
    return address.link(dossier, scenario, View({}))


def seen(dossier: Dossier, scenario: Scenario) -> dict[str, Seen]:
    """The figures of that day, by name: the price, the rate of the filing's currency, earnings."""
    found = {name: _seen(figure) for name, figure in _figures(dossier)}
    for key in EARNINGS:
        each = scenario.inputs.get(key)
        if isinstance(each, NumberInput):
            found[key] = Seen(value=each.default, unit=each.unit, day=dossier.day, source=each.provenance)
    return found


def _figures(dossier: Dossier) -> Iterator[tuple[str, Figure]]:
    price = market_now(dossier)
    if price is not None:
        yield "price", price
    with suppress(UnknownFigure, UnitMismatch):
        rate = dossier.filing_rate()
        if not is_one_to_one(rate):
            yield "rate", rate


def _seen(figure: Figure) -> Seen:
    return Seen(value=figure.value, unit=figure.unit.text, day=figure.as_of, source=figure.source[:2000])


def verdicts(dossier: Dossier) -> dict[str, tuple[str, str]]:
    """By claim, the verdicts as published and today; empty where the files do not allow to tell."""
    try:
        return {each.claim.id: (str(each.published.verdict), str(each.today.verdict)) for each in audit(dossier)}
    except (DataFileError, ValueError):
        return {}


def is_the_same(dossier: Dossier, scenario: Scenario, kept: SavedScenario) -> bool:
    """Whether settings are those that were saved."""
    return content(dossier, scenario) == kept.query
