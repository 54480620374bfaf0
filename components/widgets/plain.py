"""Shows text from outside literally."""

import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$:~&])")


def as_text(text: str) -> str:
    """The text as escaped Markdown: a link or a file cannot bring in a link, an image or a formula."""
    return _MARKDOWN.sub(r"\\\1", text.replace("\n", " "))
