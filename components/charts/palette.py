"""Colours with one meaning each, for a light ground; `DARK` has what stands for each of them on a dark one.

Figures are written in the light colours and the browser exchanges them. Colour-blind readers can tell better from worse
and the three cases from each other; shape and word go with them (checked for the three common kinds).
"""

from collections.abc import Sequence

INK, INK_2, INK_3 = "#17202b", "#465160", "#5f6975"
RULE, RULE_2 = "#e5e9ee", "#c6ced8"
GROUND = "#ffffff"

PRICE = INK
BEFORE = "#838e9b"  # before publication; other shares beside the reader's
ARTICLE = "#97298a"
YOURS = "#0b6e99"
GAIN, LOSS = "#00766a", "#b83a14"
BEAR, BASE, BULL = "#7f8fc2", "#46589f", "#1c2859"
CASES = {"bear": BEAR, "base": BASE, "bull": BULL}
MARKS = {"bear": "triangle-down", "base": "circle", "bull": "triangle-up"}
BAR, BAR_2 = "#6b7a8f", "#b6c2d1"  # amounts without a verdict: the first and the second of two kinds

DARK = {
    INK: "#e7ecf1",
    INK_2: "#b4bfcb",
    INK_3: "#98a4b0",
    RULE: "#262f3a",
    RULE_2: "#3d4856",
    GROUND: "#11161d",
    BEFORE: "#7d8996",
    ARTICLE: "#dd84cf",
    YOURS: "#4db6e2",
    GAIN: "#3fc3ae",
    LOSS: "#f08a5d",
    BEAR: "#6878b4",
    BASE: "#9fb1ee",
    BULL: "#e1e7fd",
    BAR: "#8494aa",
    BAR_2: "#475467",
}

_FULLEST = 0.55  # how opaque a cell is at a change of 100%: its number keeps 4.5:1 in both themes


def diverging(changes: Sequence[float]) -> list[str]:
    """A colour for each change (a ratio): gain or loss, the fuller the larger it is, fullest from ±100%."""
    return [
        translucent(GAIN if change >= 0 else LOSS, round(_FULLEST * min(abs(float(change)), 1.0), 3))
        for change in changes
    ]


def translucent(colour: str, alpha: float) -> str:
    """A hex colour as rgba text."""
    return f"rgba({_channels(colour)},{alpha:g})"


def in_the_dark() -> dict[str, str]:
    """Each colour as figures may write it, hex or the channels of an rgba, with what it is on a dark ground."""
    return {**DARK, **{_channels(light): _channels(dark) for light, dark in DARK.items()}}


def _channels(colour: str) -> str:
    return ",".join(str(int(colour[place : place + 2], 16)) for place in (1, 3, 5))
