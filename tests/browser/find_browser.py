"""Finds a browser for the tests: the system's Chromium or Chrome, or playwright's own.

`python tests/browser/find_browser.py --install` tries to fetch playwright's own where there is none. It never fails
by itself: without a browser the browser tests skip with `HOW_TO_GET_ONE`, except under CI=true, where they fail.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
)
HOW_TO_GET_ONE = (
    "No browser was found. Install Chromium or Chrome (Debian: apt-get install chromium), or run "
    "“.venv/bin/python -m playwright install chromium”, or name one in CHROME_PATH."
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find() -> str | None:
    """Path of a browser, or None."""
    if named := os.environ.get("CHROME_PATH"):
        return named
    found = [path for name in NAMES if (path := shutil.which(name))]
    found += [place for place in PLACES if Path(place).exists()]
    return found[0] if found else _playwrights_own()


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
