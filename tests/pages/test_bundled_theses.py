"""Every page on every bundled thesis: it opens, says what that thesis states, and no word that belongs to another."""

import re

import pytest

from components.answers.registry import PAGES
from data.library import thesis_names
from tests.pages.conftest import Open, live, shown_text

# Words of the first thesis that mean nothing to a company with one share class, one currency and one structure.
FOREIGN = re.compile(r"\bADS\b|\bCNY\b|[Rr]egroup|EBITA|Alibaba|Hong Kong|\bholding discount\b")
OTHERS = [name for name in thesis_names() if name != "alibaba-ai"]


def shown(open_page: Open, page: str, thesis: str) -> str:
    """All that a page says: readouts, charts, remarks."""
    app = open_page(page, thesis=thesis)
    assert not app.exception
    assert not app.error
    remarks = " ".join(each.value for each in (*app.info, *app.warning, *app.caption))
    return " ".join([*(shown_text(data) for data in live(app).values()), remarks])


@pytest.mark.parametrize("thesis", OTHERS)
@pytest.mark.parametrize("page", PAGES)
def test_no_page_speaks_of_another_company(open_page: Open, page: str, thesis: str) -> None:
    text = shown(open_page, page, thesis)
    assert len(text) > 400
    assert not FOREIGN.findall(text)


def test_a_value_below_the_price_is_a_return_below_nought(open_page: Open) -> None:
    assert "its value of 250 implies a return of −27.5%" in shown(open_page, "overview", "alphabet-2026")
    upside = shown(open_page, "upside", "alphabet-2026")
    assert "to USD 250.00 the share loses 27.4% over" in upside


def test_pence_are_pence_on_every_page(open_page: Open) -> None:
    """1,537.8p on 18 August 2026; 128.87bn = 15.378 × 8,380m; a position of 100 shares is worth GBP 1,538."""
    text = shown(open_page, "overview", "rolls-royce-2025")
    assert "traded at 1,537.8p per share on 18 Aug 2026" in text
    upside = shown(open_page, "upside", "rolls-royce-2025")
    assert "From 1,537.8p" in upside
    assert "GBP\u00a01,538" in upside or "GBP 1,538" in upside
    valuation = shown(open_page, "valuation", "rolls-royce-2025")
    assert "42.6x its underlying EPS" in valuation
    assert "2.6bn were one-offs" in valuation  # why 16 times statutory earnings is no bargain


def test_half_years_are_called_so(open_page: Open) -> None:
    text = shown(open_page, "segments", "rolls-royce-2025")
    assert "In the half-year to June 2026" in text
    assert "quarter" not in text.replace("quarterly", "")
