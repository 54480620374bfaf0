"""Addresses that nobody would write: no traceback, no number outside its bounds, no long work for the server."""

import time
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.answers import address
from components.answers.registry import PAGES, choices_of, inputs_of
from components.scenario.types import NumberInput
from components.web.served.pace import Pace
from components.widgets import front_door
from data.library import thesis_names
from tests.conftest import bundled

LONGEST_S = 0.5  # of processor
KEYS = [
    *inputs_of(bundled()),
    *choices_of(bundled()),
    "v",
    "price",
    "price_day",
    "thesis",
    "beside",
    "embed",
    "nothing",
]
NUMBERS = st.one_of(
    st.floats().map(repr),
    st.integers(-(10**40), 10**40).map(str),
    st.sampled_from(["1e400", "-0", "0x10", "１２", "1_000", " 12 ", "+5", "5%", "12,5", "∞", "nan", "-inf", ""]),
)
TEXTS = st.one_of(
    st.text(max_size=60),
    st.sampled_from([
        "<script>alert(1)</script>", "../../etc/passwd", "' OR 1=1 --", "{base.total}", "{{7*7}}", "%00", "\u202eabc",
        "a" * 3_000, "[1,[2,[3]]]", '{"a":{"b":1}}', "a,b\nc", '"', "alibaba-ai", "own", "published", "9999-99-99",
    ]),
)  # fmt: skip
NAMES = st.lists(st.sampled_from(KEYS) | st.text(max_size=9), max_size=4)
QUERIES = st.lists(st.tuples(st.sampled_from(KEYS) | st.text(max_size=12), NUMBERS | TEXTS), max_size=8)


@pytest.fixture(scope="module")
def client() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pace, "lets", lambda *_: True)  # how often one client may ask is another test's
        with TestClient(Starlette(routes=front_door.routes()), raise_server_exceptions=True) as made:
            yield made


# A module's client serves all examples: nothing of one stays for the next.
@settings(max_examples=1_400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(QUERIES, st.sampled_from([*PAGES, "scenarios", "articles", "thesis"]))
def test_a_page_s_document_stands_whatever_its_address_says(client: Any, query: list[Any], page: str) -> None:
    began = time.process_time()
    answer = client.get("/" if page == "overview" else f"/{page}", params=query)
    assert time.process_time() - began < LONGEST_S
    assert answer.status_code == 200
    assert "Traceback" not in answer.text


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    QUERIES,
    st.sampled_from([*PAGES, "nothing", ".."]),
    st.lists(st.sampled_from(KEYS) | st.text(max_size=9), max_size=4),
)
def test_sweeps_are_answered_or_refused(client: Any, query: list[Any], page: str, keys: list[str]) -> None:
    began = time.process_time()
    wanted = quote(",".join(keys), safe="") or "x"
    answer = client.get(f"/sweeps/{page}/{wanted}", params=query)
    assert time.process_time() - began < LONGEST_S + 0.5  # the budget, and the sweep under way when it is spent
    assert answer.status_code in (200, 403, 404, 414)


@settings(max_examples=300)
@given(QUERIES, st.sampled_from(thesis_names()))
def test_no_setting_leaves_its_bounds(query: list[Any], thesis: str) -> None:
    reading = address.read(thesis, dict(query), address.data_version())
    for key, value in reading.scenario.changed.items():
        each = reading.scenario.inputs[key]
        if isinstance(each, NumberInput):
            assert isinstance(value, (int, float))
            assert each.low <= value <= each.high
        else:
            assert isinstance(value, tuple)
            assert set(value) <= set(each.options)
    for problem in reading.problems:
        assert problem.endswith((".", "used."))
        assert len(problem) < 400
