"""The browser of the machine, which prints the report as PDF where there is one."""

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
)
ARGUMENTS = (
    "--no-sandbox",  # the file is our own and loads nothing; in a container there is no sandbox to be had
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_DRAWN_MS, _PATIENCE_S = 15_000, 120


class NotPrinted(Exception):
    """A PDF could not be made; the message is a sentence that says why."""


def find() -> str | None:
    """Path of an installed Chromium or Chrome, or of that which `CHROME_PATH` names; None where there is none."""
    if named := os.environ.get("CHROME_PATH"):
        return named
    found = [path for name in NAMES if (path := shutil.which(name))]
    return next(iter([*found, *(place for place in PLACES if Path(place).exists())]), None)


def print_pdf(html: Path, pdf: Path) -> None:
    """Prints a file of HTML, once its charts are drawn. Raises NotPrinted without a browser, or where it fails."""
    browser = find()
    if browser is None:
        raise NotPrinted("There is no Chromium or Chrome to print with: open the report in any browser, and print it.")
    command = [
        browser, "--headless", *ARGUMENTS, "--no-pdf-header-footer", f"--virtual-time-budget={_DRAWN_MS}",
        f"--print-to-pdf={pdf.resolve()}", html.resolve().as_uri(),
    ]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as wrong:
        raise NotPrinted(f"{browser} did not print the report: {wrong}") from wrong
    if done.returncode or not pdf.is_file():
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise NotPrinted(f"{browser} did not print the report: {' '.join(last) or f'code {done.returncode}'}")
