"""Pages as Streamlit's own test runner sees them: everything but the browser's part."""

import datetime as dt
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import UnknownElement

from data import clock
from tests.conftest import ROOT, TODAY
from tests.marked import marked

Open = Callable[..., AppTest]
NOON = dt.datetime.combine(TODAY, dt.time(12), dt.UTC)


@pytest.fixture(autouse=True)
def _the_day_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each begins at noon of one day: what is known, and so what is shown, grows old with the calendar."""
    began = time.monotonic()
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(seconds=time.monotonic() - began))


@pytest.fixture
def open_page() -> Open:
    """Opens a page by its file's stem, with query parameters."""

    def opened(page: str = "overview", **query: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        if page != "overview":
            app.switch_page(f"pages/{page}.py").run()
        return app

    return opened


def live(app: AppTest) -> dict[str, dict[str, Any]]:
    """What the page sent to the browser component, by id; what is in an open drawer, too."""
    found = {}
    drawers = app._tree.children[2]  # Streamlit's third part of a page, which its own test runner does not name
    for element in (*app.main, *drawers):
        if isinstance(element, UnknownElement) and element.type == "bidi_component":
            data = json.loads(element.proto.bytes)
            if data["kind"] == "chart":
                places = ((mark["path"], mark["value"]) for mark in data["patches"])
                data["figure"] = marked(json.loads(data["figure"]), places)
            found[data["id"]] = data
    return found


def inputs(app: AppTest) -> dict[str, dict[str, Any]]:
    """The inputs of the page's panels, by key."""
    panels = [data for data in live(app).values() if data["kind"] == "inputs"]
    return {each["key"]: each for panel in panels for group in panel["groups"] for each in group["inputs"]}


def shown_text(data: dict[str, Any]) -> str:
    """All texts of a component with its slots filled in."""
    text = json.dumps(data.get("blocks") or [data.get("title"), data.get("subtitle")], ensure_ascii=False)
    for slot, value in data.get("slots", {}).items():
        text = text.replace(f"{{{slot}}}", str(value))
    return text.replace("\u00a0", " ")
