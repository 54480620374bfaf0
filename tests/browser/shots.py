"""Pictures of every page at 1440 and 390 px, light and dark, first screen and whole, into `shots/`: `make shots`."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from components.answers.registry import PAGES
from tests.browser.conftest import Visit
from tests.browser.find_browser import ARGUMENTS, HOW_TO_GET_ONE, find
from tests.browser.server import ROOT, running

SCREENS = ((1440, 900), (390, 844))


def main() -> None:
    """Takes the pictures."""
    browser_path = find()
    if browser_path is None:
        raise SystemExit(HOW_TO_GET_ONE)
    target = ROOT / "shots"
    target.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        for name in PAGES:
            for width, height in SCREENS:
                for scheme in ("light", "dark"):
                    path = target / f"{name}-{width}-{scheme}.png"
                    size = {"width": width, "height": height}
                    _take(browser.new_context(viewport=size, color_scheme=scheme), server.address, name, path)
                    print(path.relative_to(ROOT))
        browser.close()


def _take(context, address: str, name: str, path: Path) -> None:  # type: ignore[no-untyped-def]
    visit = Visit(context.new_page(), address)
    page = visit.open("" if name == "overview" else name)
    page.screenshot(path=path)
    # Streamlit scrolls inside the page: only a window as tall as the content shows all of it.
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": height + 20})
    page.wait_for_function("() => [...document.querySelectorAll('.live-plot svg')].length > 0")
    page.screenshot(path=path.with_stem(f"{path.stem}-whole"))
    context.close()


if __name__ == "__main__":
    main()
