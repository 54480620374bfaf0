"""Scenarios in the browser: saved, opened elsewhere by their link alone, gone on with, and all charts taken along."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from components.answers import address
from components.answers.pictures import pictures
from tests.browser.axe import violations
from tests.browser.conftest import Visit
from tests.browser.server import running

pytestmark = pytest.mark.browser

TABLE = ".live-compare"


def save(page: Page, name: str) -> None:
    page.get_by_role("button", name="Save the present settings").click()
    field = page.get_by_label("Save these settings as")
    field.fill(name)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(f"“{name}” is saved.")).to_be_visible()


def shown(page: Page, label: str) -> list[str]:
    row = page.locator(f"{TABLE} tbody tr", has=page.locator("th", has_text=re.compile(f"^\\W*{re.escape(label)}")))
    return [" ".join(each.split()) for each in row.first.locator("td").all_inner_texts()]


@pytest.fixture
def own_server(tmp_path: Path) -> object:
    with running(tmp_path) as started:
        yield started.address


def test_one_is_saved_compared_renamed_and_opened_by_its_link_in_another_store(
    page: Page, own_server: str, browser: Browser, tmp_path: Path
) -> None:
    visit = Visit(page, own_server)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.open("scenarios?thesis=alibaba-ai&v=3&base_target=231&months=18&multiple_cloud=7.5")
    save(page, "Cloud at 7.5")
    visit.settle()
    before = {
        label: shown(page, label)[1] for label in ("Total return, base", "Sum of the parts", "Months to the target")
    }
    assert before["Months to the target"].startswith("18")
    assert violations(page) == []

    page.get_by_label("More for: Cloud at 7.5").click()
    page.get_by_role("button", name="Rename").click()
    page.get_by_label("Name of the scenario").fill("Cloud at seven and a half")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Open: Cloud at seven and a half")).to_be_visible()
    visit.settle()

    page.get_by_role("button", name="Copy a link to: Cloud at seven and a half").click()
    link = page.evaluate("navigator.clipboard.readText()")
    assert "price=111.37" in link
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with running(elsewhere) as other, browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        fresh = Visit(context.new_page(), other.address)
        fresh.open(link.removeprefix(f"{own_server}/"))
        fresh.page.get_by_role("link", name="Scenarios").click()
        fresh.page.wait_for_selector(TABLE)
        fresh.settle()
        assert fresh.page.locator(f"{TABLE} thead th").all_inner_texts()[1].startswith("Your settings now")
        assert {label: shown(fresh.page, label)[1] for label in before} == before
        assert fresh.errors == []

    page.get_by_role("button", name="Open: Cloud at seven and a half").click()
    page.wait_for_url("**/upside**")
    visit.settle()
    assert page.get_by_label("Base target, USD per ADS").first.input_value() in ("231", "231.00")
    assert visit.errors == []


def test_all_charts_come_in_one_file_in_page_order(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 1440, "height": 900})
    page = visit.open("upside?thesis=alibaba-ai&v=3&base_target=231")
    page.get_by_role("button", name="Save").first.click()
    with page.expect_download(timeout=60_000) as taken:
        page.get_by_role("button", name="All charts, ZIP").click()
    version = address.data_version()
    query = {"thesis": "alibaba-ai", "v": "3", "base_target": "231"}
    pages = {each.name: each.page for each in pictures(address.asked_at(query, version), version)}
    wanted = [*pages]
    with zipfile.ZipFile(taken.value.path()) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names == [f"{name}.{kind}" for name in wanted for kind in ("png", "svg")]
        assert names == sorted(names)
        for name in names[:8]:
            content = archive.read(name)
            if name.endswith(".png"):
                assert Image.open(io.BytesIO(content)).size == (3200, 1800)
            else:
                svg = content.decode()
                assert "font-family" in svg and "data:font/woff2;base64," in svg
                # What was moved stands on the charts that it moves.
                is_moved = pages[name.removesuffix(".svg")] == "upside"
                assert ("Base target 231.00" in re.sub(r"<[^>]+>", "", svg)) is is_moved
    assert taken.value.suggested_filename.endswith("-charts.zip")
    expect(page.get_by_text(f"{len(wanted)} charts are saved.")).to_be_visible()
    with page.expect_download(timeout=30_000) as taken:
        page.get_by_role("button", name="This page’s charts, ZIP").click()
    with zipfile.ZipFile(taken.value.path()) as archive:
        assert len(archive.namelist()) == 6
    assert visit.errors == []


def test_packing_can_be_cancelled(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 1440, "height": 900})
    page = visit.open("upside?thesis=alibaba-ai")
    page.get_by_role("button", name="Save").first.click()
    page.get_by_role("button", name="All charts, ZIP").click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Cancelled; nothing is saved.")).to_be_visible()
    visit.errors[:] = [each for each in visit.errors if "/charts/" not in each]  # the request that was given up
    assert visit.errors == []


def test_a_chart_is_taken_as_svg_or_to_the_clipboard_and_bears_a_note(page: Page, own_server: str) -> None:
    visit = Visit(page, own_server)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.open("upside?thesis=alibaba-ai")
    chart = page.locator(".live-chart").first
    more = chart.locator(".live-menu summary")
    more.click()
    with page.expect_download() as taken:
        chart.get_by_role("button", name="Download as SVG").click()
    assert taken.value.suggested_filename.endswith("-upside.svg")
    assert "<svg" in Path(taken.value.path()).read_text(encoding="utf-8")
    more.click()
    chart.get_by_role("button", name="Copy as a picture").click()
    expect(more).to_have_text("Copied")
    kinds = page.evaluate("navigator.clipboard.read().then(items => items.flatMap(item => item.types))")
    assert kinds == ["image/png"]
    expect(more).to_have_text("More")
    more.click()
    chart.get_by_role("button", name="Write a note").click()
    chart.get_by_role("textbox").fill("Too steep? <b>Ask</b> =1+1")
    chart.get_by_role("button", name="Save the note").click()
    expect(chart.locator(".live-own-note p")).to_have_text("Too steep? <b>Ask</b> =1+1")
    visit.settle()
    page.reload()
    visit.settle()
    expect(page.locator(".live-own-note p").first).to_have_text("Too steep? <b>Ask</b> =1+1")
    assert violations(page) == []
    assert visit.errors == []


def test_the_last_unsaved_work_of_a_browser_is_offered_at_the_next_visit(browser: Browser, server: str) -> None:
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        first = Visit(context.new_page(), server)
        first.open("capex?thesis=alibaba-ai&v=3&payouts=9")
        assert first.page.locator(".live-last-work").count() == 0
        first.page.close()
        second = Visit(context.new_page(), server)
        page = second.open("")
        expect(page.locator(".live-last-work")).to_contain_text("Alibaba’s turn to AI infrastructure")
        page.get_by_role("link", name="Go on where you were").click()
        page.wait_for_url("**/capex?**payouts=9**")
        second.settle()
        assert page.locator(".live-last-work").count() == 0
        third = Visit(context.new_page(), server)
        page = third.open("")
        page.get_by_role("button", name="Do not go on where I was").click()
        assert page.locator(".live-last-work").count() == 0
        assert second.errors == third.errors == []
