"""Measures this dashboard, a bare Streamlit page and a Dash page in turn, in one run: `make bench`.

Absolute times drift with the machine; the ratios of one run hold. The table is printed and written as JSON.
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import psutil
from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks import growth, measure
from tests.benchmarks.measure import Subject
from tests.benchmarks.readers import Readers
from tests.benchmarks.report import BARE, DASH, FIVE, HUNG, OURS, SLOW, Row, report
from tests.benchmarks.slow_line import slow_line
from tests.browser.find_browser import ARGUMENTS, HOW_TO_GET_ONE, find
from tests.browser.server import ROOT, Server, free_port, running, serving
from tests.browser.shots import PAGES
from tests.standin import Fault, StandIn

PEERS = Path(__file__).parent / "peers"
RESULT = ROOT / "shots" / "bench.json"
# The bare pages run apart from this project's configuration, as Streamlit comes.
PLAIN = {"STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false", "STREAMLIT_SERVER_HEADLESS": "true"}
SLIDER = ".st-key-bull_target input[type=range]"
ELSEWHERE = {  # a slider of each other page with sliders
    "valuation": ".st-key-multiple_commerce input[type=range]",
    "capex": ".st-key-capex_pace input[type=range]",
}
# What a page has drawn when a reader who comes from another page sees it: its first chart, or its text.
FIRST_PARTS = {
    "upside": ".st-key-chart-upside .live-chart[data-drawn]",
    "valuation": ".st-key-chart-parts .live-chart[data-drawn]",
    "segments": ".st-key-chart-contributions .live-chart[data-drawn]",
    "capex": ".st-key-chart-capex-plan .live-chart[data-drawn]",
    "claims": ".live-rows tbody tr",
    "overview": ".st-key-chart-price .live-chart[data-drawn]",
}
CROWD = ("bull_target", "base_target", "bear_target")  # the sliders that many readers move
PLOT = ".js-plotly-plot .main-svg"
DRAWN = f".live-chart[data-drawn] {PLOT}"
OPENINGS = 7  # of the start page, of which medians are taken
LOADS = 3  # of each page at each width, of which the median layout shift is taken
LOADED_S = 15.0  # how long 25 readers move their sliders


def main() -> None:
    """Runs everything and prints one table."""
    path = find()
    if path is None:
        raise SystemExit(HOW_TO_GET_ONE)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        stack.callback(browser.close)
        rows: dict[str, Row] = {}
        for part in (_follow, _open, _go_about, _crowd):
            for name, row in part(browser, folder).items():
                rows.setdefault(name, {}).update(row)
    rows[OURS] |= growth.rows()
    report(rows, RESULT)
    print(f"\nwritten to {RESULT.relative_to(ROOT)}")


# --- Servers --------------------------------------------------------------------------------------------------


@contextmanager
def _ours(folder: Path, settings: dict[str, str] | None = None) -> Iterator[Server]:
    with running(Path(tempfile.mkdtemp(dir=folder)), settings) as server:
        yield server


@contextmanager
def _peer(folder: Path, script: str) -> Iterator[Server]:
    with running(Path(tempfile.mkdtemp(dir=folder)), PLAIN, folder, PEERS / script) as server:
        yield server


@contextmanager
def _dash(folder: Path) -> Iterator[str]:
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    command = [sys.executable, "-m", "tests.benchmarks.peers.dash_page", str(port)]
    with serving(command, {**os.environ, "THESIS_LIVE": "off"}, ROOT, address, folder / "dash.log"):
        yield address


def _upside(address: str) -> Subject:
    return Subject(f"{address}/upside", SLIDER, DRAWN, ".live-sentence")


def _dash_subject(address: str) -> Subject:
    return Subject(address, "#bull_target [role=slider]", PLOT, "#said:not(:empty)", False)


def _start(address: str) -> Subject:
    return Subject(address, SLIDER, DRAWN, ".first-sentence b")


def _bare(address: str) -> Subject:
    return Subject(address, SLIDER, PLOT, SLIDER)


# --- Parts of a run -------------------------------------------------------------------------------------------


def _follow(browser: Browser, folder: Path) -> dict[str, Row]:
    """How a page answers its slider."""
    with _ours(folder) as ours, _peer(folder, "bare.py") as bare, _dash(folder) as dash:
        with slow_line(ours.address, 300) as far:
            rows = {
                OURS: _interaction(browser, _upside(ours.address), ours),
                BARE: _interaction(browser, _bare(bare.address), bare),
                DASH: _interaction(browser, _dash_subject(dash)),
                SLOW: _interaction(browser, _upside(far)),
            }
            rows[OURS] |= _on_a_phone(browser, _upside(ours.address))
        for page, slider in ELSEWHERE.items():
            subject = replace(_upside(ours.address), address=f"{ours.address}/{page}", slider=slider)
            rows[OURS] |= {f"{name}, {page}": value for name, value in _interaction(browser, subject).items()}
        return rows


def _open(browser: Browser, folder: Path) -> dict[str, Row]:
    """What a first visit is like."""
    with ExitStack() as stack:
        market = stack.enter_context(StandIn())
        market.fault = Fault.HANG
        ours = stack.enter_context(_ours(folder))
        five = stack.enter_context(_peer(folder, "five.py"))
        hung = stack.enter_context(_ours(folder, {**market.environment(), "THESIS_LIVE": "on"}))
        dash = stack.enter_context(_dash(folder))
        subjects = {
            OURS: (_start(ours.address), 1),
            FIVE: (Subject(five.address, SLIDER, PLOT, "[data-testid=stMetric]"), 5),
            HUNG: (_start(hung.address), 1),
            DASH: (_dash_subject(dash), 3),
        }
        # In turn, and not one after the other: what is compared shares the machine's moods.
        overview, claims = _start(ours.address), replace(_start(f"{ours.address}/claims"), charts=".live-rows tbody tr")
        pairs = [
            [measure.open_fresh(browser, each, count).charts_ms for each, count in ((overview, 1), (claims, 20))]
            for _ in range(LOADS)
        ]
        loads = [{name: measure.open_fresh(browser, *each) for name, each in subjects.items()} for _ in range(OPENINGS)]
        rows = {name: _opening([load[name] for load in loads]) for name in subjects}
        for place, page in enumerate(("overview", "claims")):
            rows[OURS][f"opening {page}"] = statistics.median(pair[place] for pair in pairs)
        rows[FIVE] |= _shifts(browser, "the page", Subject(five.address, SLIDER, PLOT, PLOT), 5)
        rows[DASH] |= _shifts(browser, "the page", _dash_subject(dash), 3)
        for page in PAGES:
            address = ours.address if page == "overview" else f"{ours.address}/{page}"
            ready = FIRST_PARTS[page]
            rows[OURS] |= _shifts(browser, page, Subject(address, SLIDER, ready, ready), 1)
        return rows


def _go_about(browser: Browser, folder: Path) -> dict[str, Row]:
    """From page to page, and a picture to keep."""
    with _ours(folder) as ours, measure.fresh(browser) as page:
        measure.arrive(page, _start(ours.address))
        switches: dict[str, list[float]] = {name: [] for name in FIRST_PARTS}
        for _ in range(5):
            for name, part in FIRST_PARTS.items():
                switches[name].append(measure.page_switch(page, name.capitalize(), part))
                measure.settle(page, replace(_start(ours.address), charts=part))
        measure.arrive(page, _upside(ours.address))
        images = [measure.png_to_file(page, ".st-key-chart-upside .live-png") for _ in range(5)]
        found = {f"page switch to {name}": statistics.median(times) for name, times in switches.items()}
        return {OURS: {**found, "PNG to file, median": statistics.median(images)}}


def _crowd(browser: Browser, folder: Path) -> dict[str, Row]:
    """What many readers cost, and what one of them notices of the others."""
    with _ours(folder) as ours, _peer(folder, "bare.py") as bare:
        return {
            OURS: _with_readers(browser, _upside(ours.address), ours, CROWD),
            BARE: _with_readers(browser, _bare(bare.address), bare, CROWD[:1]),
        }


# --- Rows -----------------------------------------------------------------------------------------------------


def _spread(name: str, values: list[float]) -> Row:
    """Median and 95th percentile."""
    p95 = statistics.quantiles(values, n=20, method="inclusive")[-1]
    return {f"{name}, median": statistics.median(values), f"{name}, p95": p95}


def _interaction(browser: Browser, subject: Subject, server: Server | None = None) -> Row:
    with measure.fresh(browser) as page:
        frames = measure.watch_socket(page)
        measure.arrive(page, subject)
        found = _spread("key to paint", measure.key_to_paint(page, subject))
        found["repaints a second"] = statistics.median(measure.repaints_in_a_drag(page, subject) for _ in range(3))
        if server:
            before, times = _cpu_ms(server), measure.release_to_agreed(page, subject, frames)
            found |= _spread("release to agreed", times)
            found["processor a release, ms"] = (_cpu_ms(server) - before) / len(times)
    return found


def _on_a_phone(browser: Browser, subject: Subject) -> Row:
    """The result strip in a small window, with the processor four times slower."""
    with measure.fresh(browser, 390) as page:
        measure.arrive(page, subject)
        measure.slow_down(page, 4)
        drags = [measure.repaints_in_a_drag(page, subject, what="frames") for _ in range(3)]
    return {"result strip on a slow phone, repaints a second": statistics.median(drags)}


def _opening(loads: list[measure.Opening]) -> Row:
    return {
        "first number": statistics.median(each.number_ms for each in loads),
        "largest paint": statistics.median(each.largest_ms for each in loads),
        "all charts": statistics.median(each.charts_ms for each in loads),
        "JavaScript, kB": statistics.median(each.wire.javascript for each in loads),
        "data, kB": statistics.median(each.wire.data for each in loads),
        "pages, styles, fonts, kB": statistics.median(each.wire.other for each in loads),
    }


def _shifts(browser: Browser, name: str, subject: Subject, charts: int) -> Row:
    def shift(width: int) -> float:
        return statistics.median(measure.open_fresh(browser, subject, charts, width).shift for _ in range(LOADS))

    return {f"shift at {width} px, {name}": shift(width) for width in (1280, 390)}


def _with_readers(browser: Browser, subject: Subject, server: Server, sliders: tuple[str, ...]) -> Row:
    found: Row = {}
    with Readers(subject.address, sliders) as readers:
        for count in (1, 10, 25):
            readers.grow_to(count)
            found[f"memory with {count} sessions, MB"] = psutil.Process(server.pid).memory_info().rss / 1e6
        before = _cpu_ms(server)
        with readers.moving(LOADED_S):
            pass
        answers = [each for reader in readers.all for each in reader.answered_ms]
        found["25 sessions: processor a release, ms"] = (_cpu_ms(server) - before) / len(answers)
        found |= _spread("25 sessions: release", answers)
        found["memory after that, MB"] = psutil.Process(server.pid).memory_info().rss / 1e6
        with measure.fresh(browser) as page:
            frames = measure.watch_socket(page)
            measure.arrive(page, subject)
            with readers.moving(LOADED_S):
                seen = measure.release_to_agreed(page, subject, frames, 15)
        found |= _spread("25 sessions: agreed in a browser", seen)
    return found


def _cpu_ms(server: Server) -> float:
    times = psutil.Process(server.pid).cpu_times()
    return (times.user + times.system) * 1000


if __name__ == "__main__":
    main()
