"""A thesis whose every text is an attack: all is shown to the letter, nothing is run, linked or fetched."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from components.answers.registry import PAGES
from tests.browser.conftest import Visit
from tests.browser.server import running
from tests.invented_full import files, library_at

pytestmark = pytest.mark.browser

MARKDOWN = "![i](https://evil.example/i.png) [go](https://evil.example/go) www.evil.example :red[r] :material/home:"
HTML = '<img src="https://evil.example/j.png" onerror="alert(1)"> <a href="https://evil.example/a">a</a> <b>b</b>'
HOSTILE = f"# *x* {MARKDOWN} $a_1$ `c` {HTML} =1+1"
# Texts that a file's author chooses, by the key or column that holds them.
TEXTS = r'(?m)^(name|sentence|statement|topic|place|reason|label|short_name|source|what|short) = "[^"]*"'


def hostile_files() -> dict[str, str]:
    """The invented company with an attack in every text of it."""
    written = files()
    for name, text in written.items():
        if not name.endswith(".toml"):
            continue
        written[name] = re.sub(TEXTS, lambda found: f"{found[1]} = {json.dumps(HOSTILE)}", text)
    written["companies/WRF/facts.toml"] += f"note = {json.dumps(HOSTILE)}\n"
    written["companies/WRF/events.toml"] = (
        f"[[event]]\ndate = 2026-03-02\nshort = {json.dumps(HOSTILE)}\nwhat = {json.dumps(HOSTILE)}\n"
    )
    # The tests are found by their names, and a segment bears one name in three files.
    thesis = written["theses/werft.toml"].replace(f"[claim.test]\nname = {json.dumps(HOSTILE)}",
                                                  '[claim.test]\nname = "segment_margin"')  # fmt: skip
    thesis = thesis.replace(f"[claim.effect]\nname = {json.dumps(HOSTILE)}", '[claim.effect]\nname = "margin"')
    written["theses/werft.toml"] = thesis
    return written


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root: Path = tmp_path_factory.mktemp("attacked")
    library_at(root, hostile_files())
    with running(root, {"THESIS_DATA": str(root)}) as started:
        yield started.address


EVIL = """() => [...document.querySelectorAll('*')].flatMap(element => [...element.attributes]
    .filter(each => /^(href|xlink:href|src|srcset|style|action)$/.test(each.name) && each.value.includes('evil'))
    .map(each => `${element.tagName} ${each.name}=${each.value}`))"""


@pytest.mark.parametrize("name", PAGES)
def test_everything_stays_text(page: Page, attacked: str, name: str) -> None:
    visit = Visit(page, attacked)
    page.set_viewport_size({"width": 1440, "height": 900})  # with room for the article's name in the line on top
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    visit.open(name if name != "overview" else "")
    page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true; })")
    visit.caught_up()
    assert visit.errors == []
    assert asked == []
    assert page.evaluate(EVIL) == []
    main = page.locator("[data-testid=stMain]")
    assert main.locator(".katex, img, code, h1 em, b").count() == 0
    text = main.inner_text().replace("\u2060", "")
    assert "![i](https://evil.example/i.png)" in text
    assert "$a_1$" in text
    assert '<img src="https://evil.example/j.png" onerror="alert(1)">' in text
