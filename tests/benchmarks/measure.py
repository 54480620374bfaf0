"""What is measured on one page in one browser. Times are milliseconds."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, WebSocket

PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
FARTHEST_MS = 500  # longer than the slowest line's round trip
# How many pixels a step of the slider takes; nought where the slider does not say.
STEP_PX = """input => {
    const track = input.closest("[data-testid=stSlider], .live-track")?.getBoundingClientRect().width ?? 0;
    return track && track * input.step / (input.max - input.min);
}"""
# Where the handle is, from the left edge of what the selector finds: Streamlit's range input begins in its middle, ours
# is the whole track, of which the handle takes 15 pixels.
HANDLE_PX = """input => input.closest(".live-track")
    ? 7.5 + input.value / input.max * (input.getBoundingClientRect().width - 15)
    : input.matches("input") ? 1 : input.getBoundingClientRect().width / 2"""
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"


@dataclass(frozen=True)
class Subject:
    """A page to measure: where it is, how its slider, its charts and its first number are found."""

    address: str
    slider: str
    charts: str
    number: str
    streamlit: bool = True


def slow_down(page: Page, times: int) -> None:
    """Lets the page's processor be so many times slower."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": times})


@contextmanager
def fresh(browser: Browser, width: int = 1280) -> Iterator[Page]:
    """A page of a browser that has seen nothing, with the probe in it."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.add_init_script(PROBE)
    try:
        yield page
    finally:
        context.close()


def settle(page: Page, subject: Subject) -> None:
    """Waits until the page is drawn and idle."""
    page.wait_for_selector(subject.charts)
    if subject.streamlit:
        page.wait_for_selector(IDLE)
    page.wait_for_function("() => performance.now() - probe.changed > 250")


def arrive(page: Page, subject: Subject) -> None:
    """Opens the page and waits until nothing more comes over the wire."""
    page.goto(subject.address)
    settle(page, subject)
    page.wait_for_load_state("networkidle")


def key_to_paint(page: Page, subject: Subject, presses: int = 20) -> list[float]:
    """From each press of an arrow key on the slider to the end of the frame in which the chart has followed."""
    page.locator(subject.slider).first.focus()
    times = []
    for press in range(presses):
        page.evaluate("() => { probe.keys = []; probe.paints = []; }")
        page.keyboard.press("ArrowRight" if press % 2 == 0 else "ArrowLeft")
        page.wait_for_function("() => probe.paints.some(paint => paint > probe.keys[0])")
        times.append(page.evaluate("() => probe.paints.find(paint => paint > probe.keys[0]) - probe.keys[0]"))
        settle(page, subject)
    return times


def repaints_in_a_drag(page: Page, subject: Subject, seconds: float = 2.0, what: str = "paints") -> float:
    """Painted frames per second while the handle is dragged to and fro: those of a chart, or all (`frames`)."""
    thumb = page.locator(subject.slider).first
    thumb.scroll_into_view_if_needed()
    box = thumb.bounding_box()
    assert box is not None
    x, y = box["x"] + thumb.evaluate(HANDLE_PX), box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("() => { probe.paints = []; probe.frames = []; }")
    stride = max(3.0, thumb.evaluate(STEP_PX))  # each move is another value
    begun, step = time.perf_counter(), 0
    while time.perf_counter() - begun < seconds:
        step += 1
        page.mouse.move(x + stride * (abs(step % 24 - 12) - 6), y)
    took = time.perf_counter() - begun
    painted = page.evaluate("what => probe[what].length", what)
    page.mouse.up()
    page.wait_for_timeout(FARTHEST_MS)  # no answer shall come into the next drag, however far the server is
    settle(page, subject)
    return float(painted) / took


def release_to_agreed(page: Page, subject: Subject, frames: list[float], times: int = 10) -> list[float]:
    """From a key release to the server's last word and the last frame that changed anything; Streamlit pages only.

    `frames` takes the times at which the page's web socket received something (see `watch_socket`).
    """
    page.locator(subject.slider).first.focus()
    taken = []
    for turn in range(times):
        page.evaluate("() => { probe.keys = []; }")
        frames.clear()
        begun = time.perf_counter()
        page.keyboard.press("ArrowLeft" if turn % 2 == 0 else "ArrowRight")
        while not frames or time.perf_counter() - frames[-1] < 0.3:
            page.wait_for_timeout(10)  # lets the socket's events in
        settle(page, subject)
        taken.append(max((frames[-1] - begun) * 1000, page.evaluate("probe.changed - probe.keys[0]")))
    return taken


def watch_socket(page: Page) -> list[float]:
    """Times at which the page's web sockets receive something, from now on."""
    frames: list[float] = []

    def watch(socket: WebSocket) -> None:
        socket.on("framereceived", lambda _: frames.append(time.perf_counter()))

    page.on("websocket", watch)
    return frames


@dataclass
class Wire:
    """Kilobytes that came over the wire, as they were sent (compressed)."""

    javascript: float = 0.0
    data: float = 0.0
    other: float = 0.0
    _kinds: dict[str, str] = field(default_factory=dict)

    def watch(self, session: CDPSession) -> None:
        """Counts what the page receives from now on: scripts, the socket's and other data, and the rest."""
        session.on("Network.responseReceived", lambda event: self._kinds.update({event["requestId"]: event["type"]}))
        session.on("Network.loadingFinished", self._loaded)
        session.on("Network.webSocketFrameReceived", self._framed)
        session.send("Network.enable")

    def _loaded(self, event: dict) -> None:  # type: ignore[type-arg]
        kilobytes = event["encodedDataLength"] / 1000
        match self._kinds.get(event["requestId"]):
            case "Script":
                self.javascript += kilobytes
            case "Fetch" | "XHR":
                self.data += kilobytes
            case _:
                self.other += kilobytes

    def _framed(self, event: dict) -> None:  # type: ignore[type-arg]
        self.data += len(event["response"]["payloadData"]) * 3 / 4 / 1000  # binary frames are told in base64


@dataclass(frozen=True)
class Opening:
    """A first visit: times to the first number, the largest paint and all charts, layout shift, and the wire."""

    number_ms: float
    largest_ms: float
    charts_ms: float
    shift: float
    wire: Wire


def open_fresh(browser: Browser, subject: Subject, charts: int, width: int = 1280) -> Opening:
    """Opens the page in a fresh browser and waits for its charts."""
    wire = Wire()
    with fresh(browser, width) as page:
        wire.watch(page.context.new_cdp_session(page))
        page.goto(subject.address, wait_until="commit")
        page.wait_for_selector(subject.number)
        number = page.evaluate("performance.now()")
        page.wait_for_function(
            "([selector, count]) => document.querySelectorAll(selector).length >= count",
            arg=[subject.charts, charts],
        )
        drawn = page.evaluate("performance.now()")
        settle(page, subject)
        page.wait_for_load_state("networkidle")
        return Opening(number, page.evaluate("probe.largest"), drawn, page.evaluate("probe.shift"), wire)


def page_switch(page: Page, link: str, ready: str) -> float:
    """From a click on another page's link to the end of the frame that shows that page's first chart.

    Told by the page itself: who asks from outside gets an answer only when the other charts are drawn, too.
    """
    page.evaluate("wanted => Object.assign(probe, { wanted, found: null })", ready)
    page.get_by_role("link", name=link).first.click()
    page.wait_for_function("() => probe.found")
    return page.evaluate("() => probe.found - probe.clicked")


def png_to_file(page: Page, button: str) -> float:
    """From a click on the PNG button to the file."""
    page.locator(button).first.scroll_into_view_if_needed()
    begun = time.perf_counter()
    with page.expect_download() as download:
        page.locator(button).first.click()
    download.value.path()
    return (time.perf_counter() - begun) * 1000
