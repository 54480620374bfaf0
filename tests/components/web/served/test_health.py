"""How the server says how it is: for a load balancer in JSON, for a scraper on the machine in numbers."""

import datetime as dt

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.web.served.health import Health, routes
from data.market.service import Status

NEXT = dt.datetime(2026, 11, 22, 12, 15, tzinfo=dt.UTC)
WELL = Health(Status(True, False, None, None, 3), {("prices", "BABA"): 40.4, ("prices", "MSFT"): 90.0,
              ("rate", "USD/CNY"): 7.0}, {("prices", "ok"): 4, ("options", "TimedOut"): 1}, 25)  # fmt: skip
ILL = Health(
    Status(True, False, "The market service cannot be reached.", NEXT, 3, store_problem="Market values are not kept."),
    {}, {}, 0, ["Your notes are not kept."],
)  # fmt: skip


def client(now: Health, host: str = "127.0.0.1") -> TestClient:
    return TestClient(Starlette(routes=routes(lambda: now)), client=(host, 50_000))


def test_a_server_that_is_well() -> None:
    answer = client(WELL).get("/health")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "market": {
            "enabled": True, "failure": None, "next_try": None, "answers": 3, "newest_price_age_seconds": 40,
            "oldest_price_age_seconds": 90,
        },
        "problems": [],
    }  # fmt: skip


def test_one_whose_surroundings_fail_is_still_to_be_used_and_says_what_fails() -> None:
    answer = client(ILL, "203.0.113.9").get("/health")
    assert answer.status_code == 200
    told = answer.json()
    assert told["market"]["failure"] == "The market service cannot be reached."
    assert told["market"]["next_try"] == "2026-11-22T12:15:00+00:00"
    assert told["problems"] == ["Market values are not kept.", "Your notes are not kept."]


def test_metrics_are_in_the_form_that_scrapers_read() -> None:
    families = {each.name: each for each in text_string_to_metric_families(client(WELL).get("/metrics").text)}
    assert families["thesis_sessions"].samples[0].value == 25
    ages = {(s.labels["what"], s.labels["symbol"]): s.value for s in families["thesis_answer_age_seconds"].samples}
    assert ages == WELL.ages
    counts = {(s.labels["what"], s.labels["outcome"]): s.value for s in families["thesis_fetches"].samples}
    assert counts == WELL.counts
    ill = {each.name: each for each in text_string_to_metric_families(client(ILL).get("/metrics").text)}
    assert ill["thesis_market_failing"].samples[0].value == 1
    assert ill["thesis_problems"].samples[0].value == 2


@pytest.mark.parametrize(
    ("host", "headers"), [("203.0.113.9", {}), ("127.0.0.1", {"x-forwarded-for": "203.0.113.9"}), ("unix", {})]
)
def test_metrics_are_told_to_the_machine_itself_only(host: str, headers: dict[str, str]) -> None:
    assert client(WELL, host).get("/metrics", headers=headers).status_code == 403
