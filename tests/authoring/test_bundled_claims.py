"""The statements of the bundled theses, read as an article: what of them is proposed, and with which test."""

import re

import pytest

from components.authoring.proposals import Setting, propose
from data.library import Library, open_case
from data.thesis import Claim
from tests.authoring.measured import same_figure
from tests.conftest import TODAY

NUMERIC = ("value", "low", "minimum", "maximum")
# How many of the claims that state a number in figures are proposed with it, and how many with their own test.
LEAST = {"alibaba-ai": (12, 7), "alphabet-2026": (18, 13), "rolls-royce-2025": (13, 12)}


def has_figure(claim: Claim) -> bool:
    """Whether the statement says the number itself; what the thesis reads into words is not to be found in them."""
    stated = claim.stated
    if stated.unit in ("quarters", "year", "ratio"):
        return False
    ends = [end for end in (stated.value, stated.low, stated.minimum, stated.maximum) if end is not None]
    said = re.sub(r"(?<=\d),(?=\d)", "", claim.statement)
    return bool(ends) and any(f"{abs(end):g}" in said for end in ends)


@pytest.mark.parametrize("name", LEAST)
def test_the_figures_of_a_bundled_thesis_are_proposed(name: str) -> None:
    case = open_case(name, TODAY, Library())
    listing, published = case.company.profile.listing, case.thesis.article.published
    reported = max(each.period_end for each in case.company.filings.releases if each.released <= published)
    setting = Setting(published, case.company, listing.quoted_in, listing.share_class, reported)
    found, tested, missed = 0, 0, []
    claims = [claim for claim in case.thesis.claim if has_figure(claim)]
    for claim in claims:
        label = claim.stated.model_dump(exclude_none=True)
        near = [each for each in propose(f"{claim.statement}.", setting) if same_figure(label, each.stated)]
        found += bool(near)
        wanted = claim.argument("name")
        right = any(call["name"] == wanted for each in near for call in each.tests)
        tested += right
        if not right:
            missed.append(f"{claim.id}: {wanted}, not {[each.tests[:1] for each in near]}")
    least = LEAST[name]
    assert found >= least[0], (found, len(claims), missed)
    assert tested >= least[1], (tested, len(claims), missed)
