"""The head of every page: its question, the article, the price with its age."""

import datetime as dt
from collections.abc import Mapping

from components import formats
from components.readouts import blocks
from components.readouts.blocks import Block
from data.figures import Figure, Origin

RECENT_DAYS = 4  # a price of Friday is today's until Tuesday


def is_recent(price: Figure, today: dt.date) -> bool:
    """Whether a price may pass for today's."""
    return (today - price.as_of).days <= RECENT_DAYS


def head(
    question: str,
    line: str,
    about: str,
    price: Figure | None,
    symbol: str,
    today: dt.date,
    link: Mapping[str, str],
    follows: bool,
    base: str = "",
    moved: bool = False,
) -> Block:
    """The head; `line` says what the page is about, `link` is what another reader needs to see the same.

    `base` is where readers elsewhere find the app, if that is configured. Where the page `follows` sliders, the browser
    knows later settings than those of `link`. `moved` says whether the reader has set anything: his browser keeps it.
    """
    return {
        "kind": "head",
        "question": question,
        "help": line,
        "about": about,
        "price": f"{symbol} {formats.figure(price)}" if price else f"No price of {symbol} is known",
        "age": _age(price, today) if price else "",
        "badge": blocks.badge(price) if price else None,
        "link": dict(link),
        "follows": follows,
        "base": base,
        "moved": moved,
    }


def plain_head(question: str, line: str, about: str) -> Block:
    """The head of a page that is about no share yet: without a price, and without settings to hand on."""
    return {
        "kind": "head", "question": question, "help": line, "about": about, "price": "", "age": "", "badge": None,
        "link": None, "follows": False,
    }  # fmt: skip


def _age(price: Figure, today: dt.date) -> str:
    """How old the price is: a live quote's minutes are in the line at the foot."""
    days = (today - price.as_of).days
    if price.origin is Origin.MARKET and days <= 1:
        return "live"
    if days <= RECENT_DAYS:
        return formats.day(price.as_of)
    return f"{formats.day(price.as_of)}, {days} days old"
