"""A text's sentences and clauses, as places in it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# A full stop that ends no sentence: of an abbreviation, or of one letter (U.S.).
_SHORT = re.compile(
    r"(?:\b(?:Inc|Corp|Ltd|Co|vs|No|approx|est|Mr|Ms|Dr|St|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|c|ca|e\.g|i\.e)|\b[A-Z])\.$"
)
_END = re.compile(r"[.!?](?=[\s\"”’)\]]*(?:\s|$))|\n\s*\n|\n(?=\s*[-•*])")
_BREAK = re.compile(
    r"[;:–—]\s|,\s(?:while|whereas|but|and|which|with|after|from|compared|though|although)\b|\s(?:while|whereas|but)\s|\s[-–—]\s"
)


LONGEST = 2_000  # characters: beyond it a “sentence” is a table or an attack, and no reader's cue reaches so far


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text: from `start` up to `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """What stands there."""
        return text[self.start : self.end]

    def holds(self, place: int) -> bool:
        """Whether a place lies in it."""
        return self.start <= place < self.end


class Taken:
    """Places that are spoken for: a later one that meets any of them is turned away."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans = sorted(spans, key=lambda each: each.start)

    def take(self, span: Span) -> bool:
        """Whether nothing stood there yet; it does now."""
        place = bisect_left(self._spans, span.start, key=lambda each: each.start)
        beside = self._spans[max(place - 1, 0) : place + 1]
        if any(each.start < span.end and span.start < each.end for each in beside):
            return False
        self._spans.insert(place, span)
        return True


def sentences(text: str) -> list[Span]:
    """The sentences of a text, without the blanks around them; what is longer than any sentence is cut."""
    cut = [Span(start, min(start + LONGEST, part.end)) for part in _parts(text)
           for start in range(part.start, part.end, LONGEST)]  # fmt: skip
    return [each for each in (_trimmed(text, part) for part in cut) if each.end > each.start]


def clauses(text: str, sentence: Span) -> list[Span]:
    """The clauses of a sentence: what stands between its breaks."""
    found, start = [], sentence.start
    for mark in _BREAK.finditer(text, sentence.start, sentence.end):
        found.append(Span(start, mark.start()))
        start = mark.start()
    return [each for each in (*found, Span(start, sentence.end)) if each.end > each.start]


def _parts(text: str) -> Iterator[Span]:
    start = 0
    for mark in _END.finditer(text):
        if mark.group() == "." and _SHORT.search(text[start : mark.end()]):
            continue
        yield Span(start, mark.end())
        start = mark.end()
    yield Span(start, len(text))


def _trimmed(text: str, part: Span) -> Span:
    said = part.of(text)
    return Span(part.start + len(said) - len(said.lstrip()), part.end - (len(said) - len(said.rstrip())))
