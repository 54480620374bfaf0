"""The table of all claims: its order, its figures, and what its marks stand for."""

import pytest

from components.calculators.audit.audit import Finding, audit
from components.readouts.claim_table import by_harm, key_figures, strip, table_readout
from data.dossier import Dossier


@pytest.fixture
def findings(dossier: Dossier) -> list[Finding]:
    return by_harm(audit(dossier))


@pytest.fixture
def rows(findings: list[Finding]) -> dict[str, list[dict]]:
    """The cells of each claim's row, by its id."""
    (table,) = table_readout(findings).blocks
    return {row["cells"][1]["opens"]: row["cells"] for row in table["rows"]}


def test_what_harms_the_thesis_most_comes_first(rows: dict[str, list[dict]]) -> None:
    verdicts = [(cells[0]["verdicts"][1]["text"], cells[0]["verdicts"][1]["turn"]) for cells in rows.values()]
    assert verdicts == (
        [("contradicted", "")] * 3
        + [("outdated", "worse")] * 5
        + [("outdated", ""), ("outdated", "better")]
        + [("imprecise", "")] * 2
        + [("cannot be tested", "")] * 2
        + [("supported", "")] * 6
    )
    assert [cells[0]["order"] for cells in rows.values()] == list(range(20))


def test_a_row_reads_from_the_article_to_today(rows: dict[str, list[dict]]) -> None:
    verdicts, statement, stated, then, now, _, source = rows["net-cash"]
    assert [each["text"] for each in verdicts["verdicts"]] == ["outdated", "outdated"]
    assert statement["text"] == "Net cash exceeds USD 50bn"
    texts = [cell["text"].replace("\u00a0", " ") for cell in (stated, then, now, source)]
    assert texts == ["at least USD 50bn", "USD 41.1bn", "USD 37.8bn", "press on filing, Mar 2026"]
    assert [cell["chip"]["origin"] for cell in (stated, then, now)] == ["article", "filing", "filing"]
    assert (then.get("strong"), now["strong"]) == (None, True)


def test_what_came_after_a_period_stands_beside_it(rows: dict[str, list[dict]]) -> None:
    now = rows["cloud-growth"][4]
    assert (now["text"], now["after"]) == ("34.495%", "since then 44.9%")
    assert rows["commerce-margin"][4]["after"] == "since then 19.3%"  # the segment that followed
    assert rows["net-cash"][4]["after"] == ""


def test_what_cannot_be_tested_is_not_shown_as_found(rows: dict[str, list[dict]]) -> None:
    now, share = rows["consensus"][4:6]
    assert (now["text"], now["strong"], share["bullet"]) == ("last known 2.20", False, None)
    assert rows["pe-discount"][4]["text"] == "not known"
    assert rows["pe-discount"][2]["text"] == "at least 10%"
    assert rows["pe-discount"][2]["chip"]["text"] == "article · said in words"


@pytest.mark.parametrize(
    ("claim", "stated", "then", "now", "turn"),
    [
        ("net-cash", [1, None], [41.0584 / 50] * 2, [37.8121 / 50] * 2, "worse"),
        ("pe-range", [16 / 18, 20 / 18], [19.9561 / 18] * 2, [36.2466 / 18] * 2, "worse"),
        ("cloud-growth", [1, 1], [34.4951 / 34] * 2, [34.4951 / 34] * 2, ""),
        ("implied-upside", [30 / 35, 40 / 35], [29.6221 / 35, 39.8554 / 35], [29.6221 / 35, 39.8554 / 35], ""),
    ],
)
def test_a_bullet_is_a_share_of_what_is_stated(
    rows: dict[str, list[dict]], claim: str, stated: list, then: list, now: list, turn: str
) -> None:
    bullet = rows[claim][5]["bullet"]
    assert bullet["stated"] == pytest.approx(stated) if stated[1] is not None else bullet["stated"] == stated
    assert bullet["then"] == pytest.approx(then, abs=6e-5)
    assert bullet["now"] == pytest.approx(now, abs=6e-5)
    assert bullet["turn"] == turn
    assert rows[claim][5]["order"] == bullet["now"][1]


@pytest.mark.parametrize("claim", ["fiscal-year-start", "minimax-founded", "minimax-listing", "minimax-valuation-usd"])
def test_dates_and_other_units_have_no_share(rows: dict[str, list[dict]], claim: str) -> None:
    assert rows[claim][5]["bullet"] is None


def test_key_figures_are_the_same_cells_by_name(rows: dict[str, list[dict]], findings: list[Finding]) -> None:
    keys = [each for each in findings if each.claim.id in ("net-cash", "cloud-growth")]
    table = key_figures(keys)
    assert [column["label"] for column in table["columns"]][:2] == ["Key figure", "The article"]
    for row, finding in zip(table["rows"], keys, strict=True):
        name, *rest, spark, verdicts = row["cells"]
        assert name["text"] == finding.claim.label
        assert [*rest] == rows[finding.claim.id][2:6]
        assert verdicts["verdicts"] == rows[finding.claim.id][0]["verdicts"]
        # A line for each definition of the measure, each over days that go on.
        assert len(spark["spark"]) == len({each.measure for each in finding.today.evidence.series})
        assert all([day for day, _ in line] == sorted(day for day, _ in line) for line in spark["spark"])
        assert sum(map(len, spark["spark"])) == len(finding.today.evidence.series) > 2


def test_the_strip_holds_all_claims_with_their_links(findings: list[Finding]) -> None:
    items = strip(findings, {each.claim.id: f"claims?claim={each.claim.id}" for each in findings})["items"]
    assert len(items) == 20
    first = items[0]
    assert first["link"] == f"claims?claim={findings[0].claim.id}"
    assert (first["topic"], first["label"]) == (findings[0].claim.topic, findings[0].claim.label)
