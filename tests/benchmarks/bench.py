"""Measures this dashboard, a bare Streamlit page and a Dash page in turn, in one run: `make bench`.

Absolute times drift with the machine; the ratios of one run hold. The table is printed and written as JSON.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks import measure
from tests.benchmarks.measure import Subject
from tests.browser.find_browser import ARGUMENTS, HOW_TO_GET_ONE, find
from tests.browser.server import ROOT, free_port, running
from tests.standin import Fault, StandIn

PEERS = Path(__file__).parent / "peers"
RESULT = ROOT / "shots" / "bench.json"
# The bare pages run apart from this project's configuration, as Streamlit comes.
PLAIN = {"STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false", "STREAMLIT_SERVER_HEADLESS": "true"}
SLIDER = ".st-key-bull_target input[type=range]"


def spread(values: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    return statistics.median(values), statistics.quantiles(values, n=20, method="inclusive")[-1]


@contextmanager
def dash() -> Iterator[str]:
    """The Dash page on a free port."""
    port = free_port()
    with subprocess.Popen(
        [sys.executable, str(PEERS / "dash_page.py"), str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def main() -> None:
    """Runs everything and prints one table."""
    path = find()
    if path is None:
        raise SystemExit(HOW_TO_GET_ONE)
    rows: dict[str, dict[str, float]] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        market = stack.enter_context(StandIn())
        market.fault = Fault.HANG
        for name in ("ours", "bare", "five", "hang"):
            (folder / name).mkdir()
        ours = stack.enter_context(running(folder / "ours"))
        bare = stack.enter_context(running(folder / "bare", PLAIN, folder, PEERS / "bare.py"))
        five = stack.enter_context(running(folder / "five", PLAIN, folder, PEERS / "five.py"))
        hanging = {**market.environment(), "THESIS_LIVE": "on", "XDG_CACHE_HOME": str(folder)}
        hung = stack.enter_context(running(folder / "hang", hanging))
        rival = stack.enter_context(dash())
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        plot = ".js-plotly-plot .main-svg"
        drawn = f".live-chart[data-drawn] {plot}"
        subjects = {
            "this dashboard": Subject(
                "ours", f"{ours}/upside", SLIDER, f".live-chart[data-drawn] {plot}", ".live-sentence"
            ),
            "bare Streamlit": Subject("bare", bare, SLIDER, plot, SLIDER),
            "Dash, client side": Subject(
                "dash", rival, "#bull .dash-slider-thumb, #bull [role=slider]", plot, plot, False
            ),
        }
        for name, subject in subjects.items():
            rows[name] = _interaction(browser, subject)
        start = Subject("start", ours, SLIDER, drawn, ".first-sentence b")
        rows["this dashboard"] |= _opening(browser, start, 1)
        rows["five bare charts"] = _opening(browser, Subject("five", five, SLIDER, plot, "[data-testid=stMetric]"), 5)
        rows["service hanging"] = _opening(browser, Subject("hung", hung, SLIDER, drawn, ".first-sentence b"), 1)
        rows["this dashboard"] |= _own(browser, ours, start, subjects["this dashboard"])
        browser.close()
    _report(rows)


def _interaction(browser: Browser, subject: Subject) -> dict[str, float]:
    page = measure.fresh(browser)
    frames = measure.watch_socket(page)
    page.goto(subject.address)
    measure.settle(page, subject)
    found: dict[str, float] = {}
    found["key to paint, median"], found["key to paint, p95"] = spread(measure.key_to_paint(page, subject))
    found["repaints a second"] = measure.repaints_in_a_drag(page, subject)
    if subject.streamlit:
        median, p95 = spread(measure.release_to_agreed(page, subject, frames))
        found["release to agreed, median"], found["release to agreed, p95"] = median, p95
    page.context.close()
    return found


def _opening(browser: Browser, subject: Subject, charts: int) -> dict[str, float]:
    wide = [measure.open_fresh(browser, subject, charts) for _ in range(3)]
    small = [measure.open_fresh(browser, subject, charts, 390) for _ in range(3)]
    return {
        "first number": statistics.median(each.number_ms for each in wide),
        "all charts": statistics.median(each.charts_ms for each in wide),
        "layout shift, 1280 px": statistics.median(each.shift for each in wide),
        "layout shift, 390 px": statistics.median(each.shift for each in small),
        "kilobytes": statistics.median(each.kilobytes for each in wide),
    }


def _own(browser: Browser, address: str, start: Subject, upside: Subject) -> dict[str, float]:
    page = measure.fresh(browser)
    page.goto(address)
    switch = measure.page_switch(page, start, "Upside", ".st-key-chart-upside .live-chart[data-drawn]")
    measure.settle(page, upside)
    images = [measure.png_to_file(page, ".st-key-chart-upside .live-png") for _ in range(5)]
    page.context.close()
    return {"page switch": switch, "PNG to file, median": statistics.median(images)}


def _report(rows: dict[str, dict[str, float]]) -> None:
    names = list(dict.fromkeys(name for row in rows.values() for name in row))
    print(f"{'':28}" + "".join(f"{subject:>20}" for subject in rows))
    for name in names:
        cells = [f"{row[name]:.3g}" if name in row else "" for row in rows.values()]
        print(f"{name:28}" + "".join(f"{cell:>20}" for cell in cells))
    ours, bare, five, hung = (
        rows[key] for key in ("this dashboard", "bare Streamlit", "five bare charts", "service hanging")
    )
    ratios = {
        "key to paint to bare, median": ours["key to paint, median"] / bare["key to paint, median"],
        "key to paint to bare, p95": ours["key to paint, p95"] / bare["key to paint, p95"],
        "key to paint to Dash": ours["key to paint, median"] / rows["Dash, client side"]["key to paint, median"],
        "release to agreed to bare": ours["release to agreed, median"] / bare["release to agreed, median"],
        "first number to five charts": ours["first number"] / five["first number"],
        "all charts to five charts": ours["all charts"] / five["all charts"],
        "opening with the service hanging": hung["all charts"] / ours["all charts"],
    }
    print("\nratios")
    for name, value in ratios.items():
        print(f"{name:40}{value:8.2f}")
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps({"rows": rows, "ratios": ratios, "cores": os.cpu_count()}, indent=1), encoding="utf-8")
    print(f"\nwritten to {RESULT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
