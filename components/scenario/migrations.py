"""Addresses of older versions, brought up to date one version at a time.

A migration takes the parameters of its version and gives those of the next; nothing else reads old forms.
"""

from collections.abc import Callable, Mapping

VERSION = 2


def _to_2(query: dict[str, str]) -> dict[str, str]:
    """The reader's probabilities were called odds, a word that is kept for the market's."""
    renamed = {f"{case}_odds": f"{case}_probability" for case in ("bear", "base", "bull")}
    return {renamed.get(key, key): text for key, text in query.items()}


_STEPS: Mapping[int, Callable[[dict[str, str]], dict[str, str]]] = {1: _to_2}


def migrate(query: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The parameters in their present form, and a sentence where their version is not known.

    Without a version they are taken as they are: someone typed them, or they only open a claim.
    """
    text = query.get("v", str(VERSION))
    version = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    if not 1 <= version <= VERSION:
        return dict(query), [f"This link is of version “{text[:20]}”; this dashboard reads versions 1 to {VERSION}."]
    current = dict(query)
    for step in range(version, VERSION):
        current = _STEPS[step](current)
    return current, []
