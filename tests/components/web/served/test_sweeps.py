"""What one request for sweeps may cost, who may ask, and what is answered twice."""

import json
import time
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from components.scenario.record import Scenario
from components.scenario.sweep import Frame, SweepModel
from components.scenario.types import number_input
from components.web.served import sweeps
from components.web.served.answering import is_from_here
from components.web.served.sweeps import Question, routes
from data.errors import UnknownFigure

INPUTS = {key: number_input(key, key, "%", 1, (0, 10), 1, "given", decimals=0) for key in ("one", "two", "three")}


class Pages:
    """A page with three sliders; it counts what is worked out, and takes the time that it is told to."""

    def __init__(self, seconds: float = 0.0, fails: bool = False) -> None:
        self.worked_out: list[Question] = []
        self.frames = 0
        self.seconds, self.fails = seconds, fails

    def question_at(self, page: str, query: Mapping[str, str]) -> Question | None:
        if page != "page":
            return None
        settings = tuple(sorted((key, value) for key, value in query.items() if key in INPUTS))
        return Question(page, settings, frozenset(INPUTS), 1)

    def model_of(self, question: Question) -> SweepModel:
        self.worked_out.append(question)
        if self.fails:
            raise UnknownFigure("the price of tea")
        return SweepModel(Scenario.of_article(INPUTS), dict.fromkeys(INPUTS, 1.0), self.frame_for)

    def frame_for(self, values: Mapping[str, Any]) -> Frame:
        self.frames += 1
        began = time.thread_time()
        while time.thread_time() - began < self.seconds:
            pass
        moved = next((each for each in values.values() if np.ndim(each)), None)
        texts: Any = "1" if moved is None else [f"{each:g}" for each in moved]
        return Frame({"said": texts}, ())

    def client(self) -> TestClient:
        return TestClient(Starlette(routes=routes(self.question_at, self.model_of)))


def test_keys_count_once_and_only_those_of_the_page() -> None:
    pages = Pages()
    answer = pages.client().get(f"/sweeps/page/{','.join(['one', 'nothing'] * 100)}")
    assert set(answer.json()) == {"one"}
    assert answer.json()["one"]["slots"]["said"]["cores"] == [str(step) for step in range(11)]
    assert pages.frames == 2  # at rest, and moved


@pytest.mark.parametrize("path", ["/sweeps/page/nothing", "/sweeps/other/one"])
def test_nothing_is_worked_out_for_what_there_is_not(path: str) -> None:
    pages = Pages()
    answer = pages.client().get(path)
    assert answer.status_code == 404
    assert "There is no page" in answer.json()["error"]
    assert pages.worked_out == []


@pytest.mark.parametrize("path", [f"/sweeps/page/{'one,' * 2000}", f"/sweeps/page/one?two={'1' * 5000}"])
def test_a_long_address_is_refused_before_it_is_read(path: str) -> None:
    pages = Pages()
    assert pages.client().get(path).status_code == 414
    assert pages.worked_out == []


def test_two_addresses_that_mean_the_same_are_worked_out_once() -> None:
    pages = Pages()
    client = pages.client()
    for query in ("one=1&two=2", "two=2&one=1", "two=2&colour=red&one=1"):
        assert client.get(f"/sweeps/page/one?{query}").status_code == 200
    assert len(pages.worked_out) == 1
    client.get("/sweeps/page/two?one=1&two=2")
    assert len(pages.worked_out) == 1  # another slider of the same page
    client.get("/sweeps/page/one?one=1&two=3")
    assert len(pages.worked_out) == 2


def test_a_request_stops_where_it_has_cost_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeps, "BUDGET_S", 0.01)
    pages = Pages(seconds=0.02)
    answer = pages.client().get("/sweeps/page/one,two,three")
    assert len(answer.json()) == 1


def test_work_ends_when_the_asker_has_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    async def gone(self: object) -> bool:
        return True

    monkeypatch.setattr("starlette.requests.Request.is_disconnected", gone)
    pages = Pages()
    assert pages.client().get("/sweeps/page/one,two").status_code == 499
    assert pages.frames == 0


def test_an_answer_is_packed_only_where_that_can_be_read() -> None:
    client = Pages().client()
    packed = client.get("/sweeps/page/one", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/sweeps/page/one", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert json.loads(plain.content) == packed.json()


@pytest.mark.parametrize(
    ("headers", "answered"),
    [
        ({}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, False),
        ({"origin": "http://testserver"}, True),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "null"}, False),
        ({"origin": "http://["}, False),
    ],
)
def test_only_the_dashboard_s_own_pages_are_answered(headers: dict[str, str], answered: bool) -> None:
    assert is_from_here(Headers({"host": "testserver", **headers})) is answered
    pages = Pages()
    answer = pages.client().get("/sweeps/page/one", headers=headers)
    assert answer.status_code == (200 if answered else 403)
    assert len(pages.worked_out) == answered


def test_what_is_not_known_is_said() -> None:
    answer = Pages(fails=True).client().get("/sweeps/page/one")
    assert answer.status_code == 404
    assert answer.json()["error"] == "not known: the price of tea"
