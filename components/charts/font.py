"""The app's font, for what leaves the app: a picture or a report shows it on machines that do not have it.

It is Source Sans (SIL Open Font License), which comes with Streamlit; its licence allows to embed it.
"""

import base64
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

FAMILY = "Source Sans"


@cache
def font_file() -> Path | None:
    """The upright variable font as WOFF2; None where it is not installed."""
    try:
        folder = Path(str(distribution("streamlit").locate_file("streamlit/static/static/media")))
    except PackageNotFoundError:
        return None
    return next(iter(sorted(folder.glob("SourceSansVF-Upright*.woff2"))), None)


def font_face() -> str:
    """The rule of CSS that carries the font in itself; empty where it is not installed."""
    file = font_file()
    if file is None:
        return ""
    data = base64.b64encode(file.read_bytes()).decode()
    source = f"url(data:font/woff2;base64,{data}) format('woff2')"
    return f"@font-face{{font-family:'{FAMILY}';font-weight:200 900;src:{source}}}"
