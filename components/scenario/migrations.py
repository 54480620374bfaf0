"""Updates addresses of older versions, one version at a time.

A migration takes the parameters of one version and returns those of the next. No other code reads old forms.
"""

from collections.abc import Callable, Mapping

VERSION = 3


def _to_2(query: dict[str, str]) -> dict[str, str]:
    """Version 1 called the reader's probabilities “odds”. That word now means those of a market or a model."""
    renamed = {f"{case}_odds": f"{case}_probability" for case in ("bear", "base", "bull")}
    return {renamed.get(key, key): text for key, text in query.items()}


def _to_3(query: dict[str, str]) -> dict[str, str]:
    """Until version 2 returns started from the close before publication where a link did not say otherwise.

    A link with settings names the market price that they were made at; others only open something.
    """
    return {"start": "published", **query} if "price" in query else query


_STEPS: Mapping[int, Callable[[dict[str, str]], dict[str, str]]] = {1: _to_2, 2: _to_3}


def migrate(query: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The parameters in the present version, and a sentence where their version is not known.

    Parameters without a version count as present ones: someone typed them, or they only open a claim.
    """
    text = query.get("v", str(VERSION))
    version = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    if not 1 <= version <= VERSION:
        return dict(query), [f"This link is of version “{text[:20]}”; this dashboard reads versions 1 to {VERSION}."]
    current = dict(query)
    for step in range(version, VERSION):
        current = _STEPS[step](current)
    return current, []
