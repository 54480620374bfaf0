"""Every chart of every page at one reader's settings, in page order: what he takes along at once."""

import datetime as dt
import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from components import formats
from components.answers import scenarios
from components.answers.address import DataVersion
from components.answers.answer import Answer, Asked
from components.answers.reference import market_price
from components.answers.registry import PAGES, work_out
from components.charts.chart import Chart, PictureNotes, png_options
from components.charts.finished import finished
from components.readouts.naming import file_name
from components.readouts.panel import settings_said
from components.scenario.record import Scenario
from components.scenario.types import NumberInput
from data.errors import DataFileError, UnknownFigure

_log = logging.getLogger(__name__)
_NAMED = 4  # settings that a picture names; more are counted
BESIDE = "scenarios"


@dataclass(frozen=True)
class Picture:
    """A chart with what it is called as a file, and the answer whose values it shows."""

    page: str
    number: int
    chart: Chart
    answer: Answer
    options: dict[str, Any]

    @property
    def name(self) -> str:
        """The name of the file, without its ending: names sort in page order."""
        return str(self.options["filename"])

    def figure(self) -> dict[str, Any]:
        """Data and layout as JSON, with the present values and texts in them."""
        return finished(self.chart, self.answer.patches, self.answer.slots)


def moved(scenario: Scenario, without: Collection[str] = ()) -> str:
    """What the reader has moved, for a line below a chart; empty for the article's own case."""
    said = settings_said(scenario, _NAMED, without)
    return f"Moved by the reader: {said}" if said else ""


def notes(answer: Answer) -> PictureNotes:
    """What stands below a chart as a picture: the article, the date of the prices, and what the reader moved of it."""
    price = market_price(answer.dossier, answer.scenario)
    data = "" if price is None else f"prices of {formats.day(price.as_of)}"
    scenario, swept = answer.scenario, () if answer.model is None else answer.model.values
    numbers = {key for key in scenario.changed if isinstance(scenario.inputs[key], NumberInput)}
    return PictureNotes(answer.dossier.thesis.article.name, data, moved(scenario, numbers - {*swept}))


def options(answer: Answer, chart: Chart, day: dt.date, number: int = 0) -> dict[str, Any]:
    """What the browser needs to save a chart as a file."""
    what = f"{number:02d}-{chart.id}" if number else chart.id
    return png_options(chart, file_name(answer.dossier, what, day), notes(answer), day)


def pictures(asked: Asked, version: DataVersion, only: Sequence[str] = ()) -> Iterator[Picture]:
    """The charts of all pages, or of those named. A page that cannot be worked out has none, and is logged."""
    number, found = 0, [*PAGES, BESIDE]
    for page in found:
        try:
            answer = scenarios.answer(asked, version) if page == BESIDE else work_out(page, asked)
            charts = answer.charts()
        except (UnknownFigure, DataFileError, ArithmeticError, ValueError) as missing:
            _log.info("no pictures of %s: %s", page, missing)
            continue
        for chart in charts:
            number += 1  # of all pages, so that a chart has one name however many are taken
            if not only or page in only:
                yield Picture(page, number, chart, answer, options(answer, chart, version.day, number))
