"""Slots in texts, such as `{base.total}`: their values are sent beside the text, and may follow a slider."""

import re
from collections.abc import Mapping
from typing import Any

SLOT = re.compile(r"\{([\w.-]+)\}")


def filled(text: str, slots: Mapping[str, Any]) -> str:
    """A text with its slots filled in; a slot without a value is empty."""
    return SLOT.sub(lambda slot: str(slots.get(slot[1], "")), text)
