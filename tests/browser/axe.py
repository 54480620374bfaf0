"""axe in the page: what of our making a screen reader, a keyboard or weak eyes would stumble over."""

import re
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RUN = """async () => {
    const found = await axe.run(document, { resultTypes: ["violations"] });
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => [id, target.join(" "), html]));
}"""
# Streamlit's own: what it draws without our saying so, and we cannot reach.
THEIRS = re.compile(r"stHeader|stToolbar|stSidebar|stSkeleton|#root > iframe|stMainMenu")


def violations(page: Page) -> list[Any]:
    """What axe finds that is of our making."""
    page.evaluate(AXE)
    return [each for each in page.evaluate(RUN) if not THEIRS.search(each[1] + each[2])]
