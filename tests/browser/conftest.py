"""A browser and a running dashboard."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.find_browser import ARGUMENTS, HOW_TO_GET_ONE, find
from tests.browser.server import running


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = find()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(HOW_TO_GET_ONE)
        pytest.skip(HOW_TO_GET_ONE)
    return {**browser_type_launch_args, "executable_path": path, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def warm_context(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    context = browser.new_context(**browser_context_args)
    yield context
    context.close()


@pytest.fixture
def context(warm_context: BrowserContext) -> Iterator[BrowserContext]:
    """One for all tests, whose browser keeps the app's code from test to test and half of the time with it.

    What a page keeps, or was granted, goes with the test.
    """
    yield warm_context
    for page in warm_context.pages:
        if page.url.startswith("http"):
            kept = {"origin": "/".join(page.url.split("/")[:3]), "storageTypes": "local_storage,indexeddb,cookies"}
            warm_context.new_cdp_session(page).send("Storage.clearDataForOrigin", kept)
        page.close()
    warm_context.clear_cookies()
    warm_context.clear_permissions()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One dashboard on the bundled snapshot for all tests that do not change its data."""
    with running(tmp_path_factory.mktemp("server")) as started:
        yield started.address


class Visit:
    """A page of the dashboard in the browser, with whatever went wrong on it."""

    # Streamlit looks for its own endpoints below the page's address before it finds them at the root.
    PROBES = ("/_stcore/health", "/_stcore/host-config")

    def __init__(self, page: Page, server: str) -> None:
        self.page, self.server, self.errors = page, server, []
        page.on("pageerror", lambda error: self.errors.append(f"page: {error}"))
        page.on("console", lambda message: self._note_console(message.type, message.text, message.location))
        page.on("requestfailed", lambda request: self._note_failure(request.url, request.failure))
        page.on("request", lambda request: self._note_request(request.url))

    def _note_console(self, kind: str, text: str, location: dict[str, Any]) -> None:
        if kind == "error" and not str(location.get("url", "")).endswith(self.PROBES):
            self.errors.append(f"console: {text} {location.get('url')}")

    def _note_failure(self, url: str, why: str | None) -> None:
        # A page that is left gives up the sweeps that it had asked for ahead, and its icon.
        given_up = why == "net::ERR_ABORTED" and any(part in url for part in ("/sweeps/", "/media/"))
        if not given_up:
            self.errors.append(f"failed: {url} {why}")

    def _note_request(self, url: str) -> None:
        if not url.startswith((self.server, "data:", "blob:", self.server.replace("http", "ws"))):
            self.errors.append(f"asked elsewhere: {url}")

    def open(self, path: str = "") -> Page:
        """Goes to a page and waits until its numbers stand and its charts are drawn."""
        self.page.goto(f"{self.server}/{path}")
        return self.settle()

    def settle(self) -> Page:
        """Waits until nothing more happens."""
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
        self.page.wait_for_function(
            """() => {
                const charts = [...document.querySelectorAll('.live-chart')];
                const started = charts.length > 0 || document.querySelector('.live-rows tbody tr, .live-open');
                return started && charts.every(chart => chart.dataset.drawn);
            }"""
        )
        return self.caught_up()

    def turn(self, scheme: Literal["light", "dark"]) -> Page:
        """Makes the open page light or dark, and waits until it is."""
        self.page.emulate_media(color_scheme=scheme)
        self.page.wait_for_function("scheme => document.documentElement.dataset.ground === scheme", arg=scheme)
        return self.caught_up()

    def caught_up(self) -> Page:
        """Waits until what is out of sight says what the handle says, too."""
        self.page.wait_for_function("() => !document.querySelector('[data-behind]')")
        return self.page


@pytest.fixture
def visit(page: Page, server: str) -> Visit:
    """A page of the shared dashboard."""
    return Visit(page, server)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path
