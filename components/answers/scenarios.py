"""What if, side by side: the article's own case beside saved scenarios, and what the market did since."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from components.answers import address, capex, saving, upside, valuation
from components.answers.address import DataVersion
from components.answers.answer import Answer, Asked, drawn
from components.answers.reference import market_now, market_price
from components.calculators.aims import Aims, aims
from components.charts import scenarios as charts
from components.charts.chart import Chart
from components.readouts import scenarios as texts
from components.readouts.blocks import Readout, Sentence
from components.readouts.sides import Course, Side
from components.scenario.inputs.scenarios import BESIDE
from components.scenario.record import View
from data.errors import UnitMismatch, UnknownFigure
from data.scenarios import SavedScenario, own_scenarios

MOST = 3  # beside the article's own case
POINTS = 120  # of a course of prices: it is drawn a hundred pixels wide
NOW = "now"  # the id of the present settings, which are not saved


@dataclass(frozen=True, kw_only=True)
class ScenariosAnswer(Answer):
    """Up to four scenarios side by side, the article's own case first.

    Attributes
    ----------
    sides : each with its settings and results.
    saved : all saved scenarios of this reader on this thesis, by id.
    is_saved : the name under which the present settings are saved; empty where they are not.
    """

    sides: Sequence[Side]
    saved: Mapping[str, SavedScenario]
    is_saved: str

    def charts(self) -> list[Chart]:
        return drawn(self.chart())

    def table(self, base: str = "") -> Readout:
        """Inputs that differ, results, and what the market did since.

        `base` is where readers elsewhere find the app, if that is configured.
        """
        return texts.compared(self.dossier, self.sides, base)

    def chart(self) -> Chart | None:
        """All of them on one axis of prices; None where none can be worked out."""
        rows = [
            (side.name, side.start.value, side.targets)
            for side in self.sides
            if side.start is not None and side.targets is not None
        ]
        if not rows:
            return None
        found, now = self._aims, market_now(self.dossier)
        price = None if now is None else (now.value, now.as_of)
        unit = self.dossier.listed_unit.text
        return charts.axis_chart(rows, price, found.band if found else None, unit, texts.source(self.sides, now))

    @cached_property
    def _aims(self) -> Aims | None:
        try:
            return aims(self.dossier)
        except (UnknownFigure, UnitMismatch):
            return None


def answer(asked: Asked, version: DataVersion) -> ScenariosAnswer:
    """Works out the scenarios that stand side by side."""
    dossier = asked.dossier
    saved = own_scenarios().of(dossier.name, asked.owner)
    same = next((each.name for each in saved.values() if saving.is_the_same(dossier, asked.scenario, each)), "")
    has_own = bool(asked.scenario.changed) and not same
    chosen = [key for key in (asked.view.all(BESIDE) if BESIDE in asked.view.choices else ()) if key in saved]
    shown = chosen[-MOST:] or list(saved)[-(MOST - has_own) :]
    first = _article(asked, version)
    sides = [first, *(_saved(asked, key, saved[key], version) for key in shown)]
    if has_own and len(shown) < MOST:
        query = saving.content(dossier, asked.scenario)
        sides.append(_worked_out(asked, NOW, "Your settings now", dossier.day, query, None))
    lead = Sentence(*texts.lead(sides[1:], market_now(dossier)))
    return ScenariosAnswer(asked=asked, lead=lead, sides=sides, saved=saved, is_saved=same)


def _article(asked: Asked, version: DataVersion) -> Side:
    """The article's own case: its targets, from the close before it appeared."""
    reading = address.read(asked.dossier.name, {"start": "published"}, version)
    query = address.link(asked.dossier, reading.scenario, View({}))
    own = Asked(asked.dossier, reading.scenario, asked.view)
    return _worked_out(own, "", "The article’s own case", asked.dossier.published, query, None)


def _saved(asked: Asked, key: str, kept: SavedScenario, version: DataVersion) -> Side:
    reading = address.read(kept.thesis, kept.query, version)
    then = Asked(asked.dossier, reading.scenario, asked.view)
    return _worked_out(then, key, kept.name, kept.saved.date(), kept.query, kept, reading.problems)


def _worked_out(
    asked: Asked,
    key: str,
    name: str,
    day: dt.date,
    query: Mapping[str, str],
    kept: SavedScenario | None,
    problems: Sequence[str] = (),
) -> Side:
    missing, found = "", None
    try:
        found = upside.answer(asked)
    except (UnknownFigure, UnitMismatch, ArithmeticError, ValueError) as unknown:
        missing = unknown.what if isinstance(unknown, UnknownFigure) else str(unknown)
    return Side(
        key=key,
        name=name,
        day=day,
        query=query,
        scenario=asked.scenario,
        kept=kept,
        problems=tuple(problems),
        missing=missing,
        start=None if found is None else found.start,
        outcome=None if found is None else found.outcome,
        odds="" if found is None else str(found.slots.get("base.odds_date", "")),
        more=_more(asked),
        course=_course(asked, key),
    )


def _more(asked: Asked) -> dict[str, str]:
    """Results of the other pages: the sum of the parts, the growth model, and what the cash flow covers."""
    found: dict[str, str] = {}
    for work, names in (
        (valuation.answer, {"value": "value", "model_value": "model"}),
        (capex.answer, {"coverage.plan": "coverage"}),
    ):
        try:
            slots = work(asked).slots
        except (UnknownFigure, UnitMismatch, ArithmeticError, ValueError, KeyError):
            continue
        found |= {name: str(slots[slot]) for slot, name in names.items() if slot in slots}
    return found


def _course(asked: Asked, key: str) -> Course | None:
    """The price before and since the scenario was made; None where that of then or of now is not known."""
    dossier, now = asked.dossier, market_now(asked.dossier)
    try:
        then = market_price(dossier, asked.scenario) if key else dossier.price_before_publication()
    except UnknownFigure:
        return None
    if now is None or then is None:
        return None
    closes = [close for close, _ in dossier.market.closes(dossier.symbol)]
    closes = [close for close in closes if close.date >= dossier.thesis.article.price_from]
    return Course([(close.date, close.price) for close in closes[:: max(1, len(closes) // POINTS)]], then, now)
