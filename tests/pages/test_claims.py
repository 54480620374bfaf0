"""The claims page: order, filters, links, downloads."""

import pytest

from components.answers.registry import PAGES
from components.calculators.audit.audit import audit
from components.readouts.findings import finding_readout
from data.dossier import Dossier
from tests.pages.conftest import Open, live, shown_text


def claims(parts: dict) -> list[str]:
    """Ids of the claims in the table, in order."""
    if "claims-table" not in parts:
        return []
    return [row["cells"][1]["opens"] for row in parts["claims-table"]["blocks"][0]["rows"]]


def test_all_claims_wrong_ones_first(open_page: Open) -> None:
    app = open_page("claims")
    assert not app.exception
    shown = claims(live(app))
    assert len(shown) == 20
    assert shown[:3] == ["fiscal-year-start", "minimax-valuation", "minimax-valuation-usd"]
    assert set(shown[-6:]) >= {"minimax-anchor", "cloud-growth", "ai-streak"}


def test_the_score_counts_then_and_now(open_page: Open) -> None:
    app = open_page("claims")
    text = shown_text(live(app)["claims-sentence"])
    assert "Of 20 claims, 12 held when the article appeared and 6 hold today. Of the outdated ones, 1 moved" in text
    names = list(app.pills(key="verdicts").options)
    assert names == [
        "contradicted 3 → 3",
        "outdated 2 → 7",
        "imprecise 3 → 2",
        "cannot be tested 0 → 2",
        "supported 12 → 6",
    ]


def test_filters_go_into_the_address(open_page: Open) -> None:
    app = open_page("claims")
    app.pills(key="topics").set_value(["MiniMax"]).run()
    assert app.query_params["topics"] == "MiniMax"
    assert len(claims(live(app))) == 6
    app.pills(key="verdicts").set_value(["contradicted"]).run()
    assert claims(live(app)) == ["minimax-valuation", "minimax-valuation-usd"]
    assert app.query_params["verdicts"] == "contradicted"


def test_a_filter_that_fits_nothing_says_so(open_page: Open) -> None:
    app = open_page("claims", topics="Timing", verdicts="supported")
    assert claims(live(app)) == []
    assert "No claim matches" in app.info[0].value


def test_a_claim_has_its_own_link(open_page: Open) -> None:
    app = open_page("claims", claim="net-cash")
    parts = live(app)
    assert len(claims(parts)) == 20, "the list stays behind the open claim"
    text = shown_text(parts["finding-net-cash"])
    for said in (
        "at least USD 50bn (outlook, paragraph 1)",
        "It was USD 50.5bn (March 2025), but the latest is USD 37.8bn (March 2026), lower than stated.",
        "260.83 CNY bn ÷ 6.8980 CNY per USD = 37.81 USD bn",
        "Not known after March 2026.",
    ):
        assert said in text


def test_arrows_lead_to_the_claims_beside_it(open_page: Open) -> None:
    app = open_page("claims", claim="fiscal-year-start")
    assert app.button(key="claim-previous").disabled
    app.button(key="claim-next").click().run()
    assert app.query_params["claim"] == "minimax-valuation"
    assert "finding-minimax-valuation" in live(app)
    app.button(key="claim-previous").click().run()
    assert app.query_params["claim"] == "fiscal-year-start"


def test_a_link_to_no_claim_shows_the_list(open_page: Open) -> None:
    app = open_page("claims", claim="no-such")
    assert len(claims(live(app))) == 20
    assert not any(name.startswith("finding-") for name in live(app))


@pytest.mark.parametrize("claim", ["commerce-margin", "net-cash", "cloud-growth", "ai-streak", "price-gain"])
def test_claims_with_a_series_have_a_chart(open_page: Open, claim: str) -> None:
    parts = live(open_page("claims", claim=claim))
    data = [data for data in parts.values() if data["kind"] == "chart"]
    assert len(data) == 1
    assert "the article says" in data[0]["title"]


def test_every_input_of_every_sum_shows_its_origin(dossier: Dossier) -> None:
    def tables(blocks: list) -> list:
        inner = [table for block in blocks for table in tables(block.get("blocks", []))]
        return inner + [block for block in blocks if block["kind"] == "table" and len(block["columns"]) == 3]

    for claim in audit(dossier):
        for table in tables(list(finding_readout(claim).blocks)):
            assert all(row["cells"][2]["badge"]["text"] for row in table["rows"]), claim.claim.id


def test_downloads_are_offered(open_page: Open) -> None:
    for page in PAGES:
        labels = {button.label for button in open_page(page).get("download_button")}
        assert labels == {"Report", "Workbook", "Claims as CSV"}


def test_the_overview_shows_score_and_movers(open_page: Open) -> None:
    parts = live(open_page())
    assert "6 hold today" in shown_text(parts["claims"])
    items = parts["claims"]["blocks"][1]["items"]
    assert len(items) == 20
    assert next(each["link"] for each in items if each["label"] == "Net cash").startswith("claims?v=3&claim=net-cash")
    movers = shown_text(parts["movers"])
    for said in ("Price targets", "−8.4 points", "Net cash", "−4.5 points", "one point = 0.25 USD per ADS of earnings"):
        assert said in movers
    assert "Upside to the targets" not in movers, "what the price has done is no effect on it"
    then = shown_text(live(open_page("overview", moment="published"))["movers"])
    assert "−8.4" not in then
