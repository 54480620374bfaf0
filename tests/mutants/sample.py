"""Names of a random sample of all mutants, the same on every run: `make mutants SAMPLE=2000`.

All of them take hours. A sample of two thousand tells the score to within two points, 19 times in 20.
"""

import json
import random
import sys

from tests.mutants.report import FOUND

SEED = 20261125


def names() -> list[str]:
    """All mutants, in order of their files."""
    return [
        name
        for path in sorted(FOUND.rglob("*.py.meta"))
        for name in json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    ]


def main() -> None:
    """Prints the sample, a name a line."""
    everything = names()
    count = min(int(sys.argv[1]), len(everything))
    print("\n".join(sorted(random.Random(SEED).sample(everything, count))))


if __name__ == "__main__":
    main()
