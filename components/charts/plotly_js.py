"""The chart library for the browser: plotly.js in its smallest bundle, or the full one.

The Python package brings the full plotly.js: 4.8 MB, which a browser takes one to two seconds to parse. The “basic”
bundle of the same version, a quarter of that size, can draw everything in the dashboard. `make run` and `make test`
download it once from the npm registry, check it against the digest below, and store it in the Python environment.
Without it, the app serves the full bundle, which draws the same charts a little later.
"""

import base64
import hashlib
import io
import sys
import tarfile
import urllib.request
from pathlib import Path

from plotly.offline import get_plotlyjs, get_plotlyjs_version

VERSION = "4.1.1"  # must match the installed plotly package; a test checks that
_ADDRESS = f"https://registry.npmjs.org/plotly.js-basic-dist-min/-/plotly.js-basic-dist-min-{VERSION}.tgz"
_SHA512 = "1oNF8PeQx2hv/y7tqEVWKD3JGwn/MGEMQ8mL9HUwsaqG9FGy/OU5FHUHvzqbqxN4mnwZGI9abTiE775C4kkjMQ=="
_MEMBER = "package/plotly-basic.min.js"
_FILE = Path(sys.prefix) / "share" / "thesis-dashboard" / f"plotly-basic-{VERSION}.min.js"
_TIMEOUT_S = 30


def is_small() -> bool:
    """Whether the small bundle is present and matches the installed plotly."""
    return _FILE.is_file() and get_plotlyjs_version() == VERSION


def source() -> bytes:
    """The bundle to serve."""
    return _FILE.read_bytes() if is_small() else get_plotlyjs().encode()


def fetch() -> str:
    """Downloads the small bundle unless it is present. Returns a sentence on the result; a failure does not raise."""
    if _FILE.is_file():
        return "The small chart library is here."
    try:
        with urllib.request.urlopen(_ADDRESS, timeout=_TIMEOUT_S) as answer:
            packed = answer.read()
        if base64.b64encode(hashlib.sha512(packed).digest()).decode() != _SHA512:
            raise ValueError("its digest is not the expected one")
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            member = archive.extractfile(_MEMBER)
            if member is None:
                raise ValueError(f"it holds no {_MEMBER}")
            bundle = member.read()
        _FILE.parent.mkdir(parents=True, exist_ok=True)
        part = _FILE.with_suffix(".part")
        part.write_bytes(bundle)
        part.replace(_FILE)
    except (OSError, ValueError, KeyError, tarfile.TarError) as problem:
        return (
            f"The small chart library could not be had ({problem}); the whole one serves. Charts come a little later."
        )
    return "The small chart library was fetched."


if __name__ == "__main__":
    sys.stdout.write(f"{fetch()}\n")
