"""All that a page shows, as text: what its answer's sentences, tables and charts say."""

import json
import re
from dataclasses import replace
from typing import Any

from components.answers.answer import Asked
from components.answers.registry import PAGES, choices_of, inputs_of
from components.charts.chart import Chart
from components.scenario.record import Scenario, View
from data.dossier import Dossier
from data.errors import UnknownFigure
from tests.components.answers.contents import charts, contents
from tests.conftest import bundled

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def asked_of(dossier: Dossier) -> Asked:
    """The article's case, with every choice made that lets more be shown."""
    scenario = Scenario.of_article(inputs_of(dossier))
    if scenario.has("net_cash_start"):
        scenario = scenario.set("net_cash_start", ("last",))
    return Asked(dossier, scenario, View(choices_of(dossier)))


def shown(dossier: Dossier) -> dict[str, str]:
    """What all pages show. A figure that is not known is said by its name, as on the page."""
    asked = asked_of(dossier)
    return {name: json.dumps(_page(name, asked), ensure_ascii=False, sort_keys=True, default=str) for name in PAGES}


def charts_of_all_pages() -> list[Chart]:
    """Every chart of the bundled thesis, as the pages open and as returns start from publication."""
    asked = asked_of(bundled())
    then = replace(
        asked, scenario=Scenario.of_article(inputs_of(asked.dossier, "published")).set("start", ("published",))
    )
    return [chart for each in (asked, then) for page in PAGES.values() for chart in charts(page.answer(each))]


def numbers(text: str) -> set[str]:
    """The numbers in a text as they are written."""
    return set(_NUMBER.findall(text))


def _page(name: str, asked: Asked) -> Any:
    try:
        return contents(PAGES[name].answer(asked))
    except UnknownFigure as missing:
        return {"missing": missing.what}
