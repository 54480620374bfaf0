"""A chart's marks put into its figure, as the browser does it."""

from collections.abc import Iterable, Sequence
from typing import Any


def marked(figure: dict[str, Any], marks: Iterable[tuple[Sequence[str | int], Any]]) -> dict[str, Any]:
    """The figure with each value where its path leads."""
    for path, value in marks:
        place: Any = figure
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
    return figure
