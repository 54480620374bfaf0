"""The desk's preview uses the engine of the pages: the bundled article pasted afresh gets the bundled verdicts."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from components.answers.address import DataVersion
from components.answers.desk import (
    check,
    company_on,
    find_claims,
    known_companies,
    preview,
    stored_company,
    usual_peers,
)
from components.authoring.desk import About, Desk, State
from components.authoring.proposals import NoArticle
from components.authoring.thesis_files import files_of
from components.calculators.audit.audit import Finding, audit
from data.dossier import open_dossier
from data.errors import DataFileError
from data.library import Library
from data.market.service import MarketService
from data.market.store import Store
from data.own import OwnTheses
from data.own_records import THESES, OwnStore
from tests.conftest import TODAY, bundled

VERSION = DataVersion(Library(), TODAY, 0)
# Of the bundled article's claims, those that say a figure, and whose verdicts the desk must find without an edit.
SAME = {
    "minimax-listing", "minimax-valuation", "minimax-revenue", "cloud-growth", "ai-streak", "capex-plan", "price-gain",
    "pe-range", "price-targets", "implied-upside", "ai-cloud-share", "net-cash",
}  # fmt: skip


@pytest.fixture(scope="module")
def about() -> About:
    dossier = bundled()
    profile, article = dossier.company.profile, dossier.thesis.article
    return About(
        profile.symbol, profile.name, article.published, "USD", "", "ADS", 8, "CNY", "04-01", "Afresh",
        tuple((peer.symbol, peer.name) for peer in article.peer),
    )  # fmt: skip


@pytest.fixture(scope="module")
def desk(about: About) -> Desk:
    statements = [claim.statement for claim in bundled().thesis.claim]
    return find_claims("\n\n".join(f"{each}." for each in statements), about, "afresh", VERSION.library)


def verdicts(finding: Finding) -> tuple[str, str]:
    return str(finding.published.verdict), str(finding.today.verdict)


def test_the_bundled_article_pasted_afresh_gives_the_bundled_verdicts(desk: Desk) -> None:
    found = preview(desk, VERSION).findings
    wanted = {finding.claim.id: finding for finding in audit(bundled())}
    said = {f"{finding.claim.statement}.": name for name, finding in wanted.items()}
    same = {
        said[each.sentence]
        for each in desk.entries
        if each.id in found and verdicts(found[each.id]) == verdicts(wanted[said[each.sentence]])
    }
    assert same >= SAME


def test_what_is_accepted_is_a_thesis_that_the_library_opens(desk: Desk, tmp_path: Path) -> None:
    accepted = desk.decided([each.id for each in desk.entries], State.ACCEPTED)
    runs = [each for each in accepted.entries if each.id not in preview(accepted, VERSION).wrong]
    accepted = replace(accepted, entries=tuple(runs))
    check(accepted, VERSION.library)
    own = OwnTheses(OwnStore(None, THESES), tmp_path)
    own.keep("afresh", files_of(accepted, is_stored=True))
    dossier = open_dossier("afresh", MarketService(Store(None), enabled=False), TODAY, Library(own=tmp_path))
    found = {each.claim.id: verdicts(each) for each in audit(dossier)}
    shown = preview(accepted, VERSION).findings
    assert found == {name: verdicts(each) for name, each in shown.items()}
    assert dossier.thesis.article.related == ["0100.HK"]


def test_a_test_that_cannot_be_run_costs_only_itself_and_says_why(desk: Desk) -> None:
    entry = next(each for each in desk.entries if each.short == "Price target")
    wrong = replace(entry, stated={**entry.stated, "unit": "EUR per ADS"})
    found = preview(desk.changed(wrong), VERSION)
    assert "allowed are" in found.wrong[entry.id]
    assert str(found.findings[entry.id].today.verdict) == "recorded, not tested"
    assert len(found.findings) == len(desk.entries)
    alone = replace(desk, entries=(replace(wrong, state=State.ACCEPTED),))
    with pytest.raises(DataFileError, match="allowed are"):
        check(alone, VERSION.library)


def test_a_company_that_nothing_is_known_of_is_told_what_is_missing() -> None:
    about = About("HAV", "Havel Robotics Inc.", dt.date(2026, 11, 18))
    desk = find_claims("Revenue rose 8 percent in the quarter to September 2026.", about, "havel", VERSION.library)
    found = preview(desk, VERSION)
    (finding,) = found.findings.values()
    assert verdicts(finding) == ("cannot be tested", "cannot be tested")
    assert "revenue" in finding.today.missing
    assert found.close is None
    assert ("statements", "HAV") in found.keys
    assert stored_company("HAV", VERSION.library) is None
    assert company_on(about, VERSION.library).profile.units["revenue"] == "USD m"


def test_the_close_before_publication_is_known_of_a_stored_share(desk: Desk) -> None:
    close = preview(desk, VERSION).close
    assert close is not None
    assert (close.value, close.as_of) == (146.58, dt.date(2025, 12, 31))


def test_an_article_on_two_companies_says_so(desk: Desk) -> None:
    assert "also speaks of MiniMax" in desk.remark
    assert {"BABA", "GOOG", "RR.L", "0100.HK"} <= known_companies(VERSION.library).keys()


def test_prices_in_two_currencies_are_said(about: About) -> None:
    text = "Targets lie at USD 190 to USD 205 per ADS. The target in Hong Kong is HKD 180 a share."
    found = find_claims(text, about, "x", VERSION.library)
    assert "The text states prices in HKD, too. The share is quoted in USD" in found.remark
    alone = find_claims("Targets lie at USD 190 to USD 205 per ADS.", about, "x", VERSION.library)
    assert alone.remark == ""


def test_peers_are_those_of_other_articles_on_the_company() -> None:
    assert list(usual_peers("BABA", VERSION)) == ["AMZN", "MSFT"]
    assert usual_peers("HAV", VERSION) == {}


def test_nothing_to_show_of_a_desk_without_claims(desk: Desk) -> None:
    rejected = desk.decided([each.id for each in desk.entries], State.REJECTED)
    assert preview(rejected, VERSION).findings == {}
    with pytest.raises(NoArticle):
        find_claims("   ", desk.about, "x", VERSION.library)
