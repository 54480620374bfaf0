"""Finds a browser for the tests: the system's Chromium or Chrome, or playwright's own.

`python -m tests.browser.find_browser --install` tries to fetch playwright's own where there is none. It never fails by
itself: without a browser the browser tests skip with `HOW_TO_GET_ONE`, except under CI=true, where they fail.
"""

import subprocess
import sys
from pathlib import Path

from components.export import browser

HOW_TO_GET_ONE = (
    "No browser was found. Install Chromium or Chrome (Debian: apt-get install chromium), or run "
    "“.venv/bin/python -m playwright install chromium”, or name one in CHROME_PATH."
)
ARGUMENTS = [*browser.ARGUMENTS]


def find() -> str | None:
    """Path of a browser, or None."""
    return browser.find() or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def main() -> None:
    """Tells what there is; with --install, tries to get one."""
    path = find()
    if path is None and "--install" in sys.argv:
        print("No browser was found; trying to install playwright's own.")
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, timeout=600)
        path = find()
    print(f"Browser tests use {path}." if path else HOW_TO_GET_ONE)


if __name__ == "__main__":
    main()
