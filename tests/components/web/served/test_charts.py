"""The charts that the browser packs: handed to the dashboard's own pages, one request at a time."""

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.web.served import charts
from components.web.served.answering import LONGEST_ADDRESS
from components.web.served.charts import routes
from components.widgets import front_door
from data.errors import UnknownFigure


class Charts:
    """A page with one chart; it says how many requests are worked on at once."""

    def __init__(self) -> None:
        self.now, self.most, self.lock = 0, 0, threading.Lock()

    def at(self, page: str, query: Mapping[str, str]) -> list[dict[str, Any]] | None:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        try:
            if query.get("fails"):
                raise UnknownFigure("the price of tea")
            return [{"page": page, "name": "a"}] if page in ("page", charts.ALL) else None
        finally:
            with self.lock:
                self.now -= 1

    def client(self) -> TestClient:
        return TestClient(Starlette(routes=routes(self.at)))


@pytest.mark.parametrize(
    ("path", "headers", "status", "said"),
    [
        ("page?a=1", {}, 200, None),
        ("all", {"sec-fetch-site": "same-origin"}, 200, None),
        ("other", {}, 404, "There is no page “other”"),
        ("page?fails=1", {}, 404, "the price of tea"),
        ("page?a=" + "1" * LONGEST_ADDRESS, {}, 414, "too long"),
        ("page", {"sec-fetch-site": "cross-site"}, 403, "own pages"),
        ("page", {"origin": "http://elsewhere"}, 403, "own pages"),
    ],
)
def test_who_is_answered_and_what(path: str, headers: dict[str, str], status: int, said: str | None) -> None:
    answer = Charts().client().get(f"/charts/{path}", headers=headers)
    assert answer.status_code == status
    if said is None:
        assert answer.json()[0]["name"] == "a"
        assert answer.headers["cache-control"] == "no-store"
    else:
        assert said in answer.json()["error"]


def test_requests_wait_for_each_other() -> None:
    found = Charts()
    with found.client() as client, ThreadPoolExecutor(6) as pool:  # within it, all requests are on one loop
        answers = list(pool.map(lambda _: client.get("/charts/page").status_code, range(6)))
    assert answers == [200] * 6
    assert found.most <= charts.TOGETHER


def test_the_dashboard_hands_out_all_charts_or_those_of_one_page_under_the_same_names() -> None:
    with TestClient(Starlette(routes=front_door.routes())) as client:
        everything = client.get("/charts/all?thesis=rolls-royce-2025").json()
        of_upside = client.get("/charts/upside?thesis=rolls-royce-2025").json()
        beside = client.get("/charts/scenarios?thesis=rolls-royce-2025").json()
        assert client.get("/charts/thesis").status_code == 404
    names = [each["name"] for each in everything]
    assert names == sorted(names)
    assert [each["name"] for each in everything if each["page"] == "upside"] == [each["name"] for each in of_upside]
    assert len(of_upside) == 3
    assert [each["page"] for each in beside] == ["scenarios"]
