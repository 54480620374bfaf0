"""Asks the public registers for known holes in the pinned packages: `make audit`.

Ends with an error where a hole is known. Where no register can be reached it says so plainly, and fails nothing: that
nothing was found is then no finding.
"""

import json
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).parent.parent / "requirements-dev.lock"
SERVICES = ("osv", "pypi")
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


def verdict(packages: list[dict]) -> tuple[list[str], int]:
    """The known holes as lines, and how many packages were looked up at all."""
    looked_up = [each for each in packages if "skip_reason" not in each]
    holes = [
        f"{each['name']} {each['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'none yet'}"
        for each in looked_up
        for hole in each.get("vulns", [])
    ]
    return holes, len(looked_up)


def main() -> int:
    """Tells what is known; 1 where a hole is."""
    for service in SERVICES:
        packages, problem = ask(service)
        holes, count = verdict(packages)
        if count == 0:
            print(f"The register “{service}” could not be asked ({problem or 'it knows none of the packages'}).")
            continue
        print(f"{count} of {len(packages)} packages were looked up with “{service}”: {len(holes)} known holes.")
        print("\n".join(holes))
        return 1 if holes else 0
    print("No register could be reached: nothing is known of holes in the pinned packages, neither good nor bad.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
