"""Text from outside stays text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.widgets.plain import as_text


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Alibaba", "Alibaba"),
        ("USD 113.24, −22.7% (since)", "USD 113.24, −22.7% (since)"),
        ("Shares: 2,502.5m", "Shares: 2,502.5m"),
        ("![x](https://evil.example/x.png)", "\\!\\[x\\](https\\:\u2060//evil.example/x.png)"),
        ("a $5 and $6 note", r"a \$5 and \$6 note"),
        (":red[alarm] :material/home: :smile:", r"\:red\[alarm\] \:material/home: \:smile:"),
        ("www.evil.example, x@evil.example", "www\u2060.evil.example, x\\@\u2060evil.example"),
        ("<b>bold</b> &amp; `code`", r"\<b\>bold\</b\> \&amp; \`code\`"),
        ("- one", r"\- one"),
        ("+ one", r"\+ one"),
        ("1. one", r"1\. one"),
        ("2) two", r"2\) two"),
        ("# head\n# again", r"\# head \# again"),
        ("a\r\n\nb", "a b"),
        ("a\x00\x1bb", "ab"),
        ("**bold** _it_ ~~out~~ | cell", r"\*\*bold\*\* \_it\_ \~\~out\~\~ \| cell"),
    ],
)
def test_markdown_is_disarmed(text: str, markdown: str) -> None:
    assert as_text(text) == markdown


@given(st.text())
def test_nothing_that_is_seen_is_added_but_escapes(text: str) -> None:
    shown = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", as_text(text))
    unseen = r"[\s\x00-\x1f\x7f\u2060]"
    assert re.sub(unseen, "", shown) == re.sub(unseen, "", text)
