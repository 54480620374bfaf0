"""Colours with a fixed meaning. Colour-blind readers can tell them apart on light and dark (after Okabe and Ito)."""

from collections.abc import Sequence

from plotly.colors import sample_colorscale

BEAR = "#d55e00"
BASE = "#0b84c6"
BULL = "#009e73"
CASES = {"bear": BEAR, "base": BASE, "bull": BULL}

ARTICLE = "#a35fc4"
PRICE = "#4a90c2"
MUTED = "#7d8794"

FAMILIES = ("#d98a00", "#0b84c6", "#009e73", "#a35fc4", "#d55e00", "#c4688f", "#7a9a01", "#7d8794")

# From negative, over zero in the middle, to positive.
_DIVERGING = [[0.0, "#e2854a"], [0.25, "#efbb95"], [0.5, "#eef0f2"], [0.75, "#9ad3c0"], [1.0, "#45ad8c"]]


def diverging(changes: Sequence[float]) -> list[str]:
    """A colour for each change (a ratio); the scale ends at -100% and +100%."""
    return sample_colorscale(_DIVERGING, [(min(max(float(change), -1), 1) + 1) / 2 for change in changes])


def translucent(colour: str, alpha: float) -> str:
    """A hex colour as rgba text."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha:g})"
