"""Proposals: how well the labelled texts are read, and what holds for any text."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.authoring.kinds import Kind
from components.authoring.proposals import MOST_NUMBERS, MOST_TEXT, NoArticle, Setting, propose
from data.units import Unit
from tests.authoring.measured import texts, total

DAY = Setting(dt.date(2026, 1, 5))


@pytest.mark.parametrize("rounds", [(1,), (2,), (1, 2, 3)])
def test_value_and_unit_are_read_right_and_mostly_all_the_rest(rounds: tuple[int, ...]) -> None:
    found = total(texts(*rounds))
    assert found.labelled >= 80
    assert found.recall >= 0.95, found.misses
    assert found.precision >= 0.95, found.misses
    assert found.complete >= 0.85, found.misses


def test_a_miss_is_counted() -> None:
    _, entry = texts(1)[0]
    wrong = {**entry, "label": [{**entry["label"][0], "value": 13}, {**entry["label"][1], "kind": "plan"}]}
    found = total([("x", wrong)])
    assert (found.labelled, found.right, found.whole) == (2, 1, 0)
    assert found.precision < 0.2


# --- Whatever is said by a template is read back ---

FORMS = {
    "growth": ("Revenue {verb} {percent} in the quarter to September 2025.", Kind.GROWTH),
    "level": ("Net income came to {money} in 2025.", Kind.LEVEL),
    "margin": ("The operating margin was {percent}.", Kind.MARGIN),
    "multiple": ("The shares trade at {times} earnings.", Kind.MULTIPLE),
    "target": ("Analysts have a price target of {price}.", Kind.TARGET),
    "guidance": ("The company expects revenue of {money} in 2026.", Kind.GUIDANCE),
    "estimate": ("Analysts expect revenue of {money} in 2026.", Kind.ESTIMATE),
    "plan": ("It plans to invest {money}.", Kind.PLAN),
    "share": ("It holds a market share of {percent}.", Kind.SHARE),
    "price change": ("The shares {verb} {percent} in 2025.", Kind.PRICE_CHANGE),
    "yield": ("It has a dividend yield of {percent}.", Kind.YIELD),
}
NUMBERS = st.decimals(min_value="0.1", max_value="999", places=1).map(float)


@given(
    st.sampled_from(sorted(FORMS)),
    NUMBERS,
    st.sampled_from(["rose", "fell"]),
    st.sampled_from(["", "about ", "more than "]),
    st.sampled_from(["USD", "EUR", "CNY"]),
    st.sampled_from(["m", "bn", " billion", " trillion"]),
)
def test_a_rendered_claim_is_read_back(form: str, number: float, verb: str, bound: str, code: str, scale: str) -> None:
    template, kind = FORMS[form]
    text = template.format(
        verb=verb, percent=f"{bound}{number:g}%", money=f"{bound}{code} {number:g}{scale}",
        times=f"{bound}{number:g} times", price=f"{bound}{code} {number:g}",
    )  # fmt: skip
    (proposal,) = propose(text, DAY)
    falls = "{verb}" in template and verb == "fell"
    value = -number if falls else number
    end = "value" if bound != "more than " else "maximum" if falls else "minimum"
    assert proposal.kind == kind
    assert proposal.stated[end] == pytest.approx(value)
    assert proposal.stated.get("approximate", False) is (bound == "about ")
    unit = Unit.parse(proposal.stated["unit"])
    if "{money}" in template:
        assert (unit.currency, unit.scale) == (code, {"m": 1e6, "bn": 1e9, " billion": 1e9, " trillion": 1e12}[scale])
    assert text[proposal.passage.start : proposal.passage.end] == proposal.said


# --- Any text ---


@settings(max_examples=150)
@given(st.text(max_size=400) | st.text(alphabet="0123456789.,%$€£xp- tobnmandUSDrevenuefell", max_size=200))
def test_no_text_breaks_it_and_every_passage_is_in_the_text(text: str) -> None:
    try:
        found = propose(text, DAY)
    except NoArticle:
        assert not text.strip()
        return
    for each in found:
        assert each.said
        assert text[each.passage.start : each.passage.end] == each.said
        assert each.said in text


@pytest.mark.parametrize(
    "text", ["", " \n\t ", "x" * (MOST_TEXT + 1), "1 " * (MOST_NUMBERS + 1), "doubled " * (MOST_NUMBERS + 1)]
)
def test_what_is_no_article_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(NoArticle, match=r"."):
        propose(text, DAY)


def test_a_text_from_right_to_left_and_one_without_figures_propose_nothing() -> None:
    assert propose("ارتفعت الإيرادات كثيرا", DAY) == []
    assert propose("Nothing is said in numbers here.", DAY) == []
