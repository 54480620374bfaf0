"""Finds what an article states as a number: its form, its value or bounds, its unit, and the exact place of it.

Own grammar, because libraries for quantities misread what finance writes: “16-20x”, “USD 190 to 205”, “RMB 380bn”.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from components.authoring.sentences import Span, Taken
from components.authoring.words import Words, either
from data.units import SCALES

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_JOIN = r"\s*(?:-|–|—|to|and)\s*"
REACH = 40  # characters before and after a number in which its bound stands
LIKE_A_YEAR = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Amount:
    """A stated number.

    Attributes
    ----------
    span : where it stands, its bound or “about” included.
    low, high : both ends; the same for a single value. None where a bound has no other end.
    unit : “%”, “points”, “x”, “ratio”, “times” for a doubling, money (“USD bn”), a count (“users m”), or empty for a
        bare number.
    per : the class of share that it is stated for; otherwise empty.
    decimals : as many places as are written.
    approximate : whether it is said to be about so much.
    """

    span: Span
    low: float | None
    high: float | None
    unit: str
    per: str = ""
    decimals: int = 0
    approximate: bool = False

    @property
    def is_money(self) -> bool:
        code = self.unit.split(" ")[0]
        return code in ("cents", "GBp") or (len(code) == 3 and code.isupper())

    @property
    def bound(self) -> str:
        """“minimum” or “maximum” where only one end is stated; otherwise empty."""
        return "minimum" if self.high is None else "maximum" if self.low is None else ""

    @property
    def value(self) -> float:
        """The single value, or the end that is stated."""
        found = self.low if self.low is not None else self.high
        assert found is not None
        return found


@cache
def _pattern(words: Words) -> re.Pattern[str]:
    symbols = [each for each in words.all_of("currencies") if not each[-1].isalpha() or len(each) > 3]
    signs = either(each for each in symbols if not each[-1].isalpha())
    codes = "|".join([*words["codes"]["known"], "RMB"])
    before = rf"(?:(?P<{{0}}>(?i:{signs})|(?<![A-Za-z])(?:{codes}))\s?)"
    scale = rf"(?:[\s-]?(?P<{{0}}>(?i:{either(words.all_of('scales'))}))(?![A-Za-z]))"
    units = [*words["units"]["percent"], *words["units"]["points"], *words["units"]["basis_points"]]
    unit = rf"(?:[\s-]?(?P<{{0}}>(?i:{either(units)}))(?![A-Za-z])|\s?(?P<{{0}}x>x|times)(?![A-Za-z]))"
    named = [each for each in words.all_of("currencies") if each[-1].isalpha() and len(each) > 3 and each != "pence"]
    after = (
        rf"(?:\s?(?P<after>(?i:{either(named)})|{codes})(?![A-Za-z])|(?P<pence>p)(?![A-Za-z])|\s(?P<pence2>pence)\b)"
    )
    counted = rf"(?:\s(?P<counted>(?i:{either(words.all_of('counted'))}))(?![A-Za-z]))"
    per = rf"(?:\s?(?:(?i:per|an?|each)|/)\s?(?P<per>(?i:{either(words['per']['classes'])}))(?![A-Za-z]))"
    first_pence = rf"(?:p(?={_JOIN}{_NUMBER}p))?"  # of “240p to 1,440p” the unit is read at its end
    one = rf"(?P<sign>[-−+])?(?P<n1>{_NUMBER}){first_pence}{scale.format('s1')}?{unit.format('u1')}?"
    other = rf"(?:{_JOIN}{before.format('c2')}?(?P<n2>{_NUMBER}){scale.format('s2')}?{unit.format('u2')}?)"
    whole = rf"(?<![\w.,]){before.format('c1')}?{one}{other}?{after}?{counted}?{per}?(?![\w%])"
    return re.compile(whole)


def amounts(text: str, words: Words) -> list[Amount]:
    """Every stated number of a text, in its order, with what is said of it around it."""
    found = [each for match in _pattern(words).finditer(text) for each in _read(match, text, words)]
    taken = Taken(each.span for each in found)
    found += [each for each in _in_words(text, words) if taken.take(each.span)]
    return sorted((_with_surroundings(each, text, words) for each in found), key=lambda each: each.span.start)


def _read(match: re.Match[str], text: str, words: Words) -> Iterator[Amount]:
    """One amount, a range, or two amounts where what joins them is no range."""
    first, second = match["n1"], match["n2"]
    if second is not None and not _is_range(match, text, words):
        cut = match.start("n1") + len(first)
        again = _pattern(words).match(text[: _end_of_first(match, cut)], match.start())
        if again is not None and again["n2"] is None:
            yield from _read(again, text, words)
        rest = match.start("c2") if match["c2"] else match.start("n2")
        later = _pattern(words).match(text, rest)
        if later is not None:
            yield from _read(later, text, words)
        return
    unit = _unit(match, words)
    if unit is None:
        return
    values = [float(each.replace(",", "")) for each in (first, second) if each is not None]
    if match["sign"] in ("-", "−"):
        values[0] = -values[0]
    if unit == "points" and (match["u1"] or match["u2"] or "").lower() in words["units"]["basis_points"]:
        values = [each / 100 for each in values]
    scaled = _scaled(values, match, words)
    decimals = max(len(each.partition(".")[2]) for each in (first, second) if each is not None)
    low, high = min(scaled), max(scaled)
    end = match.end()
    yield Amount(Span(match.start(), end), low, high, unit, (match["per"] or "").lower(), decimals)


def _end_of_first(match: re.Match[str], cut: int) -> int:
    ends = [match.end(name) for name in ("s1", "u1", "u1x") if match[name]]
    return max([cut, *ends])


def _is_range(match: re.Match[str], text: str, words: Words) -> bool:
    """Whether two numbers are the ends of a range: “to” and dashes say so, “and” after “between” only."""
    first, second = (float(match[each].replace(",", "")) for each in ("n1", "n2"))
    between, before = (
        text[match.start("n1") : match.end("n2")],
        text[max(match.start("n1") - REACH, 0) : match.start("n1")],
    )
    joined = re.sub(rf"^{_NUMBER}", "", between)
    if re.match(r".*\band\b", joined):
        return re.search(r"\bbetween\s+\S{0,4}\s?$", before, re.IGNORECASE) is not None
    first_unit, second_unit = match["u1"] or match["u1x"], match["u2"] or match["u2x"]
    if first_unit and first_unit != second_unit:
        return False  # “rose 34% to USD 40bn”, “by 7 points to 231%”
    if match["c2"] and not match["c1"]:
        return False
    if re.search(r"\bfrom\s+\S{0,4}\s?$", before, re.IGNORECASE) and not words.has("span", "range", before):
        return False  # “from 25% to 34%” is a change, “reach from 240p to 1,440p” a range
    return second >= first or bool(match["s1"] and match["s2"])


def _unit(match: re.Match[str], words: Words) -> str | None:
    """The unit in the words of the files; empty for a bare number; None for what is no amount."""
    plain = (match["u1"] or match["u2"] or "").lower()
    plain = " ".join(plain.split())
    if plain:
        return {"percent": "%", "points": "points", "basis_points": "points"}[
            words.meaning("units", plain) or "percent"
        ]
    if match["u1x"] or match["u2x"]:
        return "x"
    code = _currency(match, words)
    scale = _scale(match["s1"] or match["s2"], words)
    if code is not None:
        return f"{code} {scale}".strip()
    if match["counted"]:
        return f"{words.meaning('counted', match['counted'])} {scale}".strip()
    first = match["n1"]
    if first.isdigit() and len(first) == 4 and int(first) in LIKE_A_YEAR and not scale:
        return None
    return f" {scale}" if scale else ""


def _currency(match: re.Match[str], words: Words) -> str | None:
    if match["pence"] or match["pence2"]:
        return "GBp"
    said = match["c1"] or match["c2"] or match["after"]
    if said is None:
        return None
    if said in words["codes"]["known"]:
        return str(said)
    return words.meaning("currencies", said)


def _scale(said: str | None, words: Words) -> str:
    return "" if said is None else words.meaning("scales", said) or ""


def _scaled(values: list[float], match: re.Match[str], words: Words) -> list[float]:
    """Both ends in the scale of the unit: of “900 million to 1.2 billion” the first is the unit's."""
    first, second = match["s1"], match["s2"]
    if len(values) == 2 and first and second:
        return [values[0], values[1] * SCALES[_scale(second, words)] / SCALES[_scale(first, words)]]
    return values


def _in_words(text: str, words: Words) -> Iterator[Amount]:
    """“Doubled” and “triple-digit”."""
    for match in re.finditer(rf"(?<!\w)(?:{either(words['times'])})(?!\w)", text, re.IGNORECASE):
        times = words["times"][" ".join(match.group().lower().split())]
        yield Amount(Span(match.start(), match.end()), times, times, "times")
    for phrase, least in words["digits"].items():
        for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE):
            yield Amount(Span(match.start(), match.end()), least, None, "%")


def _with_surroundings(amount: Amount, text: str, words: Words) -> Amount:
    """The amount with the bound or the “about” that stands right before or after it."""
    if amount.low is None or amount.high is None or amount.unit == "times":
        return amount
    for _ in range(2):
        if (about := _ends_with(text, amount.span.start, words["about"]["before"])) is not None:
            amount = replace(amount, approximate=True, span=Span(about, amount.span.end))
        for name in ("minimum", "maximum"):
            start = _ends_with(text, amount.span.start, words["bounds"][name])
            if start is not None and amount.low == amount.high:
                low, high = (amount.low, None) if name == "minimum" else (None, amount.high)
                return replace(amount, low=low, high=high, span=Span(start, amount.span.end))
    for name in ("minimum", "maximum"):
        match = _at_the_start(tuple(words["bounds"][f"{name}_after"])).match(text, amount.span.end)
        if match is not None and amount.low == amount.high:
            low, high = (amount.low, None) if name == "minimum" else (None, amount.high)
            return replace(amount, low=low, high=high, span=Span(amount.span.start, match.end()))
    between = _ends_with(text, amount.span.start, ["between"])
    if between is not None and amount.low != amount.high:
        return replace(amount, span=Span(between, amount.span.end))
    return amount


def _ends_with(text: str, end: int, phrases: list[str]) -> int | None:
    """Where one of the phrases begins, if the text up to `end` ends with it."""
    first = max(end - REACH, 0)
    match = _at_the_end(tuple(phrases)).search(text[first:end])
    return None if match is None else first + match.start()


@cache
def _at_the_start(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\s?(?:{either(phrases)})(?!\w)", re.IGNORECASE)


@cache
def _at_the_end(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{either(phrases)})\s*$", re.IGNORECASE)
