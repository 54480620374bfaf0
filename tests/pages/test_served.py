"""What the server answers besides Streamlit: sweeps and the first documents."""

import html
import json
import re
import tarfile
from collections.abc import Iterator
from io import BytesIO

import pytest
from plotly.offline import get_plotlyjs, get_plotlyjs_version
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.charts import plotly_js
from components.web.served.paths import public_url
from components.widgets import front_door
from tests.pages.conftest import Open, inputs, live, shown_text


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(Starlette(routes=front_door.routes())) as answering:
        yield answering


@pytest.mark.parametrize("page", ["overview", "upside", "valuation", "segments", "capex", "claims"])
def test_the_first_words_are_those_of_the_page(client: TestClient, open_page: Open, page: str) -> None:
    document = client.get("/" if page == "overview" else f"/{page}").text
    found = re.search(r'<p class="first-sentence">(.*?)</p>', document)
    assert found is not None
    sentence = html.unescape(re.sub("<.*?>", "", found[1])).replace("\u00a0", " ")
    names = {"overview": "overview-lead", "claims": "claims-sentence"}
    sent = live(open_page(page))[names.get(page, f"{page}-sentence")]
    assert sentence in shown_text(sent)
    assert re.search(r"\d", sentence)


def test_the_first_words_follow_the_address_and_escape_it(client: TestClient) -> None:
    moved = client.get("/upside?v=1&base_target=200").text
    assert "<b>USD\u00a0200.00</b>" in moved
    assert "<script>alert" not in client.get("/upside?base_target=<script>alert(1)</script>&thesis=<b>").text


def tags(document: str) -> dict[str, str]:
    """The tags of a preview by name."""
    found = re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', document.partition("</head>")[0])
    return {name: html.unescape(text).replace("\u00a0", " ") for name, text in found}


def test_a_link_in_a_chat_shows_title_and_sentence(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    found = tags(client.get("/upside?v=1&base_target=200").text)
    assert found["og:title"] == "What is the upside? Alibaba’s turn to AI infrastructure"
    assert "USD 200.00" in found["og:description"]
    assert "{" not in found["og:description"] and "<" not in found["og:description"]
    assert found["description"] == found["og:description"]
    assert "og:url" not in found
    monkeypatch.setenv("THESIS_PUBLIC_URL", "https://thesis.example/desk/")
    found = tags(client.get("/upside?thesis=alphabet-2026&base_target=201").text)
    assert found["og:url"] == "https://thesis.example/desk/upside?base_target=201&thesis=alphabet-2026"
    assert found["og:title"] == "What is the upside? Alphabet’s price and its growth of 2026"
    assert (
        tags(client.get("/thesis").text)["og:description"]
        == "paste a text, confirm its figures, open a dashboard on them"
    )


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "//thesis.example", "https://", "https://x.example?a=1"])
def test_what_is_no_address_of_the_web_is_no_public_one(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("THESIS_PUBLIC_URL", url)
    assert public_url() == ""


def test_a_copied_link_leads_to_the_public_address(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    assert live(open_page("upside"))["head"]["blocks"][0]["base"] == ""
    monkeypatch.setenv("THESIS_PUBLIC_URL", "https://thesis.example")
    assert live(open_page("upside"))["head"]["blocks"][0]["base"] == "https://thesis.example"


def test_a_sweep_reads_as_the_page_does_after_release(client: TestClient, open_page: Open) -> None:
    sweep = client.get("/sweeps/upside/base_target?v=1&bull_target=231").json()["base_target"]
    place = inputs(open_page("upside", v="1", bull_target="231"))["base_target"]
    count = round((place["high"] - place["low"]) / place["step"])
    stops = sorted({place["home"], *(place["low"] + step * place["step"] for step in range(count + 1))})
    step = stops.index(200)
    released = live(open_page("upside", v="1", bull_target="231", base_target="200"))["upside-sentence"]["slots"]
    for slot, packed in sweep["slots"].items():
        assert packed["head"] + packed["cores"][step] + packed["tail"] == released[slot], slot


@pytest.mark.parametrize("path", ["upside/nothing", "claims/base_target", "nowhere/base_target"])
def test_a_sweep_that_cannot_be_made_says_so(client: TestClient, path: str) -> None:
    answer = client.get(f"/sweeps/{path}")
    assert answer.status_code == 404
    assert "no" in answer.json()["error"]


def test_sweeps_are_compressed_and_kept_by_nobody(client: TestClient) -> None:
    answer = client.get("/sweeps/upside/base_target,bull_target")
    assert set(answer.json()) == {"base_target", "bull_target"}
    assert int(answer.headers["content-length"]) < len(json.dumps(answer.json())) / 3
    assert answer.headers["cache-control"] == "no-store"


def test_the_small_bundle_is_of_the_installed_version() -> None:
    assert get_plotlyjs_version() == plotly_js.VERSION


def _packed(bundle: bytes) -> bytes:
    buffer = BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        member = tarfile.TarInfo("package/plotly-basic.min.js")
        member.size = len(bundle)
        archive.addfile(member, BytesIO(bundle))
    return buffer.getvalue()


def test_a_bundle_with_another_digest_is_refused(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(plotly_js, "_FILE", tmp_path / "share" / "bundle.js")
    monkeypatch.setattr(plotly_js.urllib.request, "urlopen", lambda *_, **__: BytesIO(_packed(b"other")))
    assert "digest" in plotly_js.fetch()
    assert not plotly_js.is_small()
    assert plotly_js.source() == get_plotlyjs().encode()
