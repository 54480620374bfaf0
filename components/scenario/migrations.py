"""Updates addresses of older versions, one version at a time.

A migration takes the parameters of one version and returns those of the next. No other code reads old forms.
"""

from collections.abc import Callable, Mapping

VERSION = 2


def _to_2(query: dict[str, str]) -> dict[str, str]:
    """Version 1 called the reader's probabilities “odds”. That word now means those of a market or a model."""
    renamed = {f"{case}_odds": f"{case}_probability" for case in ("bear", "base", "bull")}
    return {renamed.get(key, key): text for key, text in query.items()}


_STEPS: Mapping[int, Callable[[dict[str, str]], dict[str, str]]] = {1: _to_2}


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
