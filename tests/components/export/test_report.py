"""The report: complete in itself, honest about what it does not know, and no text in it is more than text."""

import datetime as dt
import json
import re
from html.parser import HTMLParser

import pytest

from components.answers import address
from components.answers.registry import PAGES, work_out
from components.calculators.audit.audit import audit
from components.export.report import content as gathering
from components.export.report.claims import _in_rows
from components.export.report.content import gather
from components.export.report.page import as_html
from data.errors import UnknownFigure
from data.library import thesis_names
from data.notes import Note
from tests.components.export.conftest import asked

HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(1)> & "quoted" {base.total} {{ 7*7 }} </script>'
WHEN = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


class Parts(HTMLParser):
    """What of a document leads somewhere, and its text outside scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.leads: list[tuple[str, str, str]] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.text = ""
        self._within = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._within = tag if tag in ("script", "style") else ""
        for name, value in attrs:
            if name in ("src", "href", "srcset", "data", "action", "poster"):
                self.leads.append((tag, name, value or ""))
            if name == "id":
                self.ids.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        self._within = ""

    def handle_data(self, data: str) -> None:
        self.text += "" if self._within else data


def report(thesis: str = "alibaba-ai", notes: tuple[Note, ...] = (), link: str = "", **query: str) -> str:
    return as_html(gather(asked(thesis, **query), address.data_version(), notes, link)).decode()


def note(text: str = "Ask about the placing.", title: str = "Cloud growth") -> Note:
    return Note(thesis="alibaba-ai", about="claim:x", title=title, text=text, written=WHEN, changed=WHEN)


@pytest.mark.parametrize("thesis", thesis_names())
def test_it_loads_nothing_and_its_links_within_lead_somewhere(thesis: str) -> None:
    html = report(thesis)
    parts = Parts(html)
    assert "default-src 'none'" in html
    for tag, name, value in parts.leads:
        assert (tag, name) == ("a", "href"), (tag, name, value)
        assert value.startswith(("http", "#")), value
        if value.startswith("#"):
            assert value[1:] in parts.ids
    assert len(parts.ids) == len(set(parts.ids))
    style = re.search(r"<style>(.*?)</style>", html, re.S)
    assert style is not None
    assert "@import" not in style[1]
    assert all(url.startswith("data:") for url in re.findall(r"url\(([^)]{0,30})", style[1]))


@pytest.mark.parametrize("thesis", thesis_names())
def test_it_says_what_the_pages_say(thesis: str) -> None:
    question = asked(thesis)
    text = " ".join(Parts(report(thesis)).text.replace("\u00a0", " ").split())
    for name in PAGES:
        answer = work_out(name, question)
        if answer.lead.text:
            assert " ".join(answer.lead.as_text().replace("\u00a0", " ").split()) in text, name
    for finding in audit(question.dossier):
        assert finding.claim.statement in text
    assert question.dossier.thesis.article.sentence in text
    assert "not investment advice" in text


def test_what_the_reader_moved_stands_in_it_with_what_it_was() -> None:
    text = " ".join(Parts(report(base_target="231", multiple_cloud="7.5")).text.split())
    assert "Moved by the reader: Base target 231.00, AI Cloud and Compute Services, times revenue 7.50x." in text
    assert "Basetarget,USDperADS197.50231.00Themiddleofthearticle’stargets" in text.replace(" ", "")
    assert "Moved by the reader" not in Parts(report()).text


def test_what_is_not_known_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def out_of_order(name: str, question: object) -> object:
        if name == "capex":
            raise UnknownFigure("a plan of anything", "facts.toml")
        return work_out(name, question)  # type: ignore[arg-type]

    monkeypatch.setattr(gathering, "work_out", out_of_order)
    text = " ".join(Parts(report()).text.split())
    assert "Discount to peers: needed: a date at which the P/E of all of them is known" in text
    assert "Not known: a plan of anything." in text
    assert "facts.toml" not in text  # it goes to people who have no files


def test_notes_stand_in_it_with_their_day_and_outside_text_is_text() -> None:
    html = report(notes=(note(HOSTILE, HOSTILE),), link="https://thesis.example/upside?v=3&base_target=231")
    parts = Parts(html)
    assert HOSTILE in parts.text
    assert "20\u00a0Nov\u00a02026" in parts.text
    assert "img" not in parts.tags
    assert parts.tags.count("script") == 3
    assert ("a", "href", "https://thesis.example/upside?v=3&base_target=231") in parts.leads


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//elsewhere"])
def test_an_address_that_is_none_of_the_web_is_no_link(url: str) -> None:
    assert all(value != url for _, _, value in Parts(report(link=url)).leads)


def test_its_charts_are_those_of_the_pages_with_their_values_and_texts() -> None:
    html = report(base_target="231")
    found = re.search(r'<script type="application/json" id="charts">(.*?)</script>', html, re.S)
    assert found is not None
    figures = json.loads(found[1])["figures"]
    assert {"price", "upside", "paths", "parts", "contributions", "capex-plan"} <= set(figures)
    assert 231 in figures["upside"]["data"][2]["x"]
    for figure in figures.values():
        notes = [each["text"] for each in figure["layout"].get("annotations", [])]
        assert not [text for text in notes if re.search(r"\{[\w.]+\}", text)]
    for place in re.findall(r'data-chart="([^"]+)"', html):
        assert place in figures


def test_each_claim_s_figure_has_its_day_and_a_source() -> None:
    content = gather(asked(), address.data_version())
    numbers = {each.number for each in content.sources}
    for row in content.rows:
        for tested in (row.then, row.now):
            assert bool(tested.found) == bool(tested.of)
            if tested.found:
                assert row.sources, row.label
        assert {first for first, _ in row.sources} <= numbers
    # The P/E of the article's day is by GAAP, today's by the company's core measure: both say so.
    pe = next(row for row in content.rows if row.label == "Price to earnings")
    assert pe.then.of.startswith("Trailing GAAP P/E, 31")
    assert pe.now.of.startswith("Trailing core P/E, 9")
    growth = next(row for row in content.rows if row.label == "Capex covered by cash flow")
    assert len(growth.sources) > 1
    assert [*_in_rows([1, 2, 4, 7, 8, 9])] == [(1, "1, 2"), (4, "4"), (7, "7–9")]
