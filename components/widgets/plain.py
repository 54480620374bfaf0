"""Text from outside, shown as it is."""

import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$:~&])")


def as_text(text: str) -> str:
    """Markdown that shows `text` to the letter: no link, no image, no formula comes of what a link or a file says."""
    return _MARKDOWN.sub(r"\\\1", text.replace("\n", " "))
