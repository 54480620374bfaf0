"""Text from outside, shown as it is.

Streamlit reads Markdown in almost every text that it is given: labels, options, tooltips, captions, messages. What
comes from a file, a link or the market service goes through `as_text` first.
"""

import re

# Besides those of old, the signs that turn the direction of writing: a text must not be read otherwise than it is.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SIGNS = re.compile(r"([\\`*_{}\[\]#!|<>$~&@])")
_DIRECTIVE = re.compile(r":(?=[^\s])")  # `:red[…]`, `:material/…:`, `:smile:`
# Addresses become links after escapes were resolved, so that no escape prevents it: a sign without width does.
_ADDRESS = re.compile(r"(?i)(https?:|www)(?=[/.])|(@)(?=\S)")
_JOINER = "\u2060"
_LIST = re.compile(r"^(\s*)(?:([-+])|(\d+)([.)]))")


def as_text(text: str) -> str:
    """Markdown that shows `text` to the letter: no link, no image, no formula and no list comes of it.

    Line breaks become spaces, and control characters, which no reader sees, are left out. Within an address a sign
    without width keeps it from becoming a link.
    """
    plain = _CONTROL.sub("", re.sub(r"\s*[\r\n]+\s*", " ", text))
    plain = _ADDRESS.sub(lambda found: found[0] + _JOINER, plain)
    plain = _DIRECTIVE.sub(r"\\:", _SIGNS.sub(r"\\\1", plain))
    return _LIST.sub(
        lambda start: f"{start[1]}\\{start[2]}" if start[2] else f"{start[1]}{start[3]}\\{start[4]}", plain
    )
