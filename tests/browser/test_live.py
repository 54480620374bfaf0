"""Sliders answer while the handle moves; links, zoom and PNGs hold."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
THUMB = 15  # pixels


def handle(page: Page, key: str) -> tuple[float, float]:
    """The middle of a slider's handle, on the screen."""
    track = page.locator(f".st-key-{key} input[type=range]")
    track.scroll_into_view_if_needed()
    box = track.bounding_box()
    assert box is not None
    share = track.evaluate("track => track.value / track.max")
    return box["x"] + THUMB / 2 + share * (box["width"] - THUMB), box["y"] + box["height"] / 2


def numbers(page: Page) -> str:
    """Everything that the page says in its readouts and chart titles."""
    return "\n".join(page.locator(".live-sentence, .live-table td, .live-title, .live-subtitle").all_inner_texts())


def bars(page: Page) -> list[float]:
    return page.locator(".live-plot").first.evaluate("plot => plot.data[0].x")


def test_charts_and_readouts_follow_a_held_handle_and_agree_on_release(visit: Visit) -> None:
    page = visit.open("upside")
    before, drawn = numbers(page), bars(page)
    x, y = handle(page, "bull_target")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y)
    page.mouse.move(x + 60, y)
    page.wait_for_function("before => document.querySelectorAll('.live-plot')[0].data[0].x[2] !== before", arg=drawn[2])
    held = numbers(visit.caught_up())
    held_bars = bars(page)
    assert held != before
    assert "bull_target" not in page.url  # not released: the server knows nothing yet
    page.mouse.up()
    page.wait_for_url(re.compile("bull_target="))
    visit.settle()
    assert numbers(page) == held
    assert bars(page) == pytest.approx(held_bars, abs=1e-6)
    assert visit.errors == []


def test_every_case_and_the_expected_value_have_their_figure_before_and_after_a_move(visit: Visit) -> None:
    page = visit.open("upside?start=published")
    read = "plot => [...plot.querySelectorAll('.textpoint')].map(text => text.textContent.trim()).filter(Boolean)"
    plot = page.locator(".st-key-chart-upside .live-plot")
    shares = ["+29.6%", "+34.7%", "+39.9%", "+34.7%", "+31.0%", "+36.1%", "+41.2%", "+36.1%"]
    assert plot.evaluate(read) == ["197.50", "190.00", "197.50", "205.00", *shares]
    page.locator(".st-key-bull_target input[type=range]").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.live-plot').textContent.includes('206.00')")
    assert plot.evaluate(read)[:4] == ["197.75", "190.00", "197.50", "206.00"]


def show_tab(page: Page, chart: str) -> None:
    """Brings a chart that stands on a tab into view."""
    if chart == "grid":
        page.get_by_role("tab", name="P/E and earnings").click()
        page.wait_for_function("() => document.querySelector('.st-key-chart-grid .live-plot').clientHeight > 100")


# What a chart's marks look like, beside the same figure that plotly draws anew; with the axes as they are, or as plotly
# chooses them.
DRAWN_TWICE = """async (plot, keepsAxes) => {
    const read = mark => ["d", "transform", "x", "y"].map(name => mark.getAttribute(name))
        .concat(mark.style.fill, mark.textContent).join(" ").replace(/-?\\d+\\.\\d+/g, number => Math.round(number));
    const kinds = ".points path, .js-line, .errorbar path, .textpoint text";
    const marks = root => [...root.querySelectorAll(kinds)].map(read);
    const layout = structuredClone(plot.layout);
    for (const axis of ["xaxis", "yaxis"]) {
        const { range, autorange } = plot._fullLayout[axis];
        layout[axis] = keepsAxes || !autorange ? { ...layout[axis], range: [...range], autorange: false }
            : { ...layout[axis], range: undefined };
    }
    const again = document.body.appendChild(document.createElement("div"));
    await Plotly.newPlot(again, structuredClone(plot.data), layout, { displayModeBar: false });
    const both = [marks(plot), marks(again)];
    Plotly.purge(again);
    again.remove();
    return both;
}"""


@pytest.mark.parametrize(
    ("name", "key", "chart", "reach"),
    [
        ("upside", "bull_target", "upside", -30),
        ("upside", "bull_target", "upside", 60),  # beyond the axis: all is drawn anew
        ("upside", "months", "paths", -30),
        ("upside?start=published", "eps_forward", "grid", 30),
        ("valuation", "multiple_commerce", "parts", -30),
        ("valuation", "holding_discount", "parts", 40),
        ("capex", "capex_pace", "capex-plan", -30),
    ],
)
def test_a_moved_chart_is_drawn_as_plotly_draws_it(visit: Visit, name: str, key: str, chart: str, reach: int) -> None:
    visit.page.set_viewport_size({"width": 1280, "height": 3800})  # slider and chart are on the screen
    with visit.page.expect_response(re.compile(f"/sweeps/.*{key}")):
        page = visit.open(name)
    show_tab(page, chart)
    plot = page.locator(f".st-key-chart-{chart} .live-plot")
    at_rest, _ = plot.evaluate(DRAWN_TWICE, True)
    page.mouse.move(*(start := handle(page, key)))
    page.mouse.down()
    count = "plot => Number(plot.closest('.live-chart').dataset.drawn)"
    drawn = plot.evaluate(count)
    page.mouse.move(start[0] + reach, start[1], steps=6)
    page.wait_for_function(f"([plot, drawn]) => ({count})(plot) > drawn", arg=[plot.element_handle(), drawn])
    moved, anew = plot.evaluate(DRAWN_TWICE, True)
    assert moved == anew
    assert moved != at_rest
    assert len(moved) > 1
    page.mouse.up()
    page.wait_for_url(re.compile(f"{key}="))
    visit.settle()
    both = f"({DRAWN_TWICE})(plot, false)"
    page.wait_for_function(f"plot => {both}.then(([one, two]) => `${{one}}` === `${{two}}`)", arg=plot.element_handle())
    assert visit.errors == []


def test_arrow_keys_move_everything(visit: Visit) -> None:
    page = visit.open("upside")
    page.locator(".st-key-base_target input[type=range]").focus()
    for _ in range(3):  # 198, 199, 200
        page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("base_target=200"))
    visit.settle()
    assert "to USD 200.00 the ADS returns 79.8%" in page.locator(".live-sentence").inner_text().replace("\u00a0", " ")


def test_a_link_gives_the_same_numbers_again(visit: Visit, browser) -> None:  # type: ignore[no-untyped-def]
    page = visit.open("upside?v=1&start=market&bull_target=231&months=18&price=120&price_day=2026-08-14")
    first = numbers(page)
    assert "231.00" in first
    other = Visit(browser.new_context().new_page(), visit.server)
    assert numbers(other.open(page.url.removeprefix(f"{visit.server}/"))) == first


def test_the_copied_link_carries_the_price_even_where_nothing_is_set(visit: Visit, browser) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    reader = Visit(context.new_page(), visit.server)
    for name, moved in (("upside", False), ("upside", True), ("claims", False)):
        page = reader.open(name)
        assert "price" not in page.url
        if moved:
            page.locator(".st-key-bull_target .live-field").fill("231")
            page.keyboard.press("Enter")
            page.wait_for_url(re.compile("bull_target=231"))
            reader.settle()
        page.get_by_role("button", name="Copy link").click()
        page.get_by_role("button", name="Copied").wait_for()
        link = page.evaluate("navigator.clipboard.readText()")
        for part in ("price=111.37", "price_day=2026-10-09", "thesis=alibaba-ai", "eps_trailing=3.073"):
            assert part in link
        assert ("bull_target=231" in link) == moved
        first = numbers(page)
        other = Visit(browser.new_context().new_page(), visit.server)
        assert numbers(other.open(link.removeprefix(f"{visit.server}/"))) == first
        assert other.errors == []
        if moved:  # back at the article's values, the link no longer has them
            page.get_by_role("button", name="Back to the article’s values").first.click()
            page.wait_for_url(re.compile(r"/upside(\?thesis=alibaba-ai)?$"))
            reader.settle()
            page.get_by_role("button", name="Copy link").click()
            page.get_by_role("button", name="Copied").wait_for()
            assert "bull_target" not in page.evaluate("navigator.clipboard.readText()")


def test_back_undoes_a_change(visit: Visit) -> None:
    page = visit.open("upside")
    before = numbers(page)
    page.locator(".st-key-base_target input[type=range]").focus()
    page.keyboard.press("PageUp")
    page.wait_for_url(re.compile("base_target="))
    visit.settle()
    assert numbers(page) != before
    page.go_back()
    page.wait_for_function(
        "before => document.querySelector('.live-sentence').innerText === before", arg=before.split("\n")[0]
    )


def test_zoom_is_kept_over_a_move(visit: Visit) -> None:
    page = visit.open("upside")
    plot = page.locator(".live-chart").nth(1).locator(".live-plot")
    plot.scroll_into_view_if_needed()
    plot.evaluate("node => window.Plotly.relayout(node, {'xaxis.range': ['2025-06-01', '2025-12-01']})")
    page.locator(".st-key-bull_target input[type=range]").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("bull_target=206"))
    visit.settle()
    plot.scroll_into_view_if_needed()
    page.wait_for_function("node => node.data[1].y[1] === 206", arg=plot.element_handle())
    kept = plot.evaluate("node => node.layout.xaxis.range.map(day => String(day).slice(0, 10))")
    assert kept == ["2025-06-01", "2025-12-01"]


@pytest.mark.parametrize(
    ("name", "charts"),
    [("", ["price"]), ("upside", ["upside", "paths", "grid"]), ("segments", ["segment-cloud", "contributions"])],
)
def test_a_png_is_complete(visit: Visit, folder: Path, name: str, charts: list[str]) -> None:
    page = visit.open(name)
    for chart in charts:
        show_tab(page, chart)
        button = page.locator(f".st-key-chart-{chart} .live-png")
        button.scroll_into_view_if_needed()
        with page.expect_download() as download:
            button.click()
        assert re.fullmatch(
            rf"baba-turn-ai-infrastructure-\d{{4}}-\d\d-\d\d-{chart}\.png", download.value.suggested_filename
        )
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        with Image.open(path) as image:
            assert image.size == (3200, 1800)
            picture = image.convert("RGB")
            assert picture.getpixel((5, 5)) == (255, 255, 255)  # an opaque light ground
            assert picture.convert("L").point(lambda grey: 255 * (grey < 200)).getbbox() is not None
            # Title above, source line below the plot.
            for strip in ((0, 40, 1600, 140), (0, 1640, 2400, 1795)):
                assert picture.crop(strip).convert("L").getextrema()[0] < 120


# Notes, at the end of each frame's work, where the handle stands and what the sentence says.
NOTE_FRAMES = """
(() => {
  window.frames_shown = [];
  const native = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (work) => native((time) => {
    work(time);
    const box = document.querySelector(".st-key-base_target");
    const said = document.querySelector(".live-sentence [data-slot='base.target']");
    if (!box || !said) return;
    if (window.frames_shown.at(-1)?.[0] === time) window.frames_shown.pop();
    window.frames_shown.push([time, box.dataset.value, said.textContent]);
  });
})();
"""


def test_held_keys_never_queue_up(visit: Visit) -> None:
    visit.page.add_init_script(NOTE_FRAMES)
    page = visit.open("upside")
    page.locator(".st-key-base_target input[type=range]").focus()
    page.wait_for_function(
        "() => performance.getEntriesByType('resource').some(each => each.name.includes('/sweeps/'))"
    )
    for _ in range(40):
        page.keyboard.press("ArrowRight")
    # The last position wins: an answer to an earlier one neither moves the handle back nor stays in the text.
    last = page.locator(".st-key-base_target").get_attribute("data-value")
    assert last is not None
    assert float(last) == 197 + 40
    said = "last => document.querySelector('.live-sentence').innerText.includes(last)"
    page.wait_for_function(said, arg=f"USD\u00a0{float(last):.2f}")
    page.wait_for_url(re.compile(f"base_target={float(last):g}(&|$)"))
    visit.settle()
    assert f"USD\u00a0{float(last):.2f}" in numbers(page)
    # No frame said anything else than its handle: neither what was before nor what an earlier run answered.
    frames = [(float(at), said) for _, at, said in page.evaluate("frames_shown")]
    assert len({at for at, _ in frames}) > 5
    assert [(at, said) for at, said in frames if said != f"USD\u00a0{at:.2f}"] == []


def test_only_sliders_on_the_screen_ask_for_sweeps_and_only_when_others_move(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url) if "/sweeps/" in request.url else None)
    with visit.page.expect_response(re.compile("/sweeps/upside/")):
        page = visit.open("upside")
    assert "base_target" in asked[0]
    assert "eps_forward" not in asked[0]
    page.locator(".st-key-base_target input[type=range]").focus()
    with page.expect_response(re.compile("/sweeps/upside/")):
        page.keyboard.press("ArrowRight")
        page.wait_for_url(re.compile("base_target="))
    asked.clear()
    with page.expect_response(re.compile("/sweeps/upside/")):
        page.keyboard.press("ArrowRight")
    # Its own sweep is as good as before; those of the others on the screen are not.
    assert all("base_target" not in url.split("?")[0] for url in asked)


NOTE_SHIFT = """window.shift = 0;
    new PerformanceObserver(list => list.getEntries().forEach(each => { window.shift += each.value; }))
        .observe({ type: "layout-shift", buffered: true });"""


@pytest.mark.parametrize("name", ["", "upside", "claims"])
@pytest.mark.parametrize("width", [1440, 1280, 768, 390])
def test_the_first_words_stand_where_the_page_says_them(visit: Visit, name: str, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.page.add_init_script(NOTE_SHIFT)
    visit.page.add_init_script(
        """document.addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => {
            const sentence = document.querySelector(".first-sentence");
            window.firstWords = [sentence.innerText, sentence.getBoundingClientRect().top];
        }));"""
    )
    page = visit.open(name)
    page.wait_for_function("() => !document.getElementById('first-words')")
    text, top = page.evaluate("window.firstWords")
    sentence = page.locator(".live-sentence").first
    assert sentence.inner_text() == text
    assert abs(sentence.evaluate("node => node.getBoundingClientRect().top") - top) < 8
    assert page.evaluate("window.shift") < 0.02


@pytest.mark.parametrize("name", ["", "upside"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_numbers_stand_before_the_charts_and_nothing_moves_when_these_come(
    visit: Visit, name: str, width: int
) -> None:
    page, held = visit.page, []
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(NOTE_SHIFT)
    page.route("**/assets/plotly-*", lambda route: held.append(route))  # the chart library is still on its way
    page.goto(f"{visit.server}/{name}", wait_until="commit")
    page.wait_for_function("() => !document.getElementById('first-words')")
    assert "USD\u00a0" in page.locator(".live-sentence").first.inner_text()
    assert page.locator(".live-chart[data-drawn]").count() == 0
    room = page.locator(".live-plot").first.bounding_box()
    for route in held:
        route.continue_()
    visit.settle()
    assert page.locator(".live-plot").first.bounding_box() == room
    assert page.evaluate("window.shift") < 0.02
