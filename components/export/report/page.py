"""Writes the report as one HTML file: nothing in it is loaded from elsewhere, and all text is escaped."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from components.charts import plotly_js
from components.charts.chart import TEMPLATES
from components.charts.font import font_face
from components.export.report.content import Content
from components.slots import SLOT, filled

_HERE = Path(__file__).parent
_WEB = re.compile(r"https?://\w")


def as_html(content: Content) -> bytes:
    """The report as UTF-8."""
    figures = {each.id: each.figure for part in content.parts for each in part.drawings}
    text = _environment().get_template("report.html.j2").render(
        report=content,
        figures=figures,
        template=TEMPLATES["light"],
        style=Markup(_read("report.css") + font_face()),
        script=Markup(_read("report.js")),
        library=_library() if figures else "",
    )  # fmt: skip
    return text.encode()


def _filled(text: str, slots: Mapping[str, Any]) -> Markup:
    """A text as escaped HTML, its slots filled in bold."""
    parts, at = [], 0
    for slot in SLOT.finditer(text):
        parts += [escape(text[at : slot.start()]), Markup("<b>{}</b>").format(slots.get(slot[1], ""))]
        at = slot.end()
    return Markup("").join([*parts, escape(text[at:])])


def _leads_out(url: str | None) -> bool:
    """Whether an address may become a link: it comes from files that anybody may write."""
    return bool(url and _WEB.match(url))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters |= {"filled": _filled, "bare": filled}
    made.tests |= {"leading_out": _leads_out}
    return made


@cache
def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


@cache
def _library() -> Markup:
    """The chart library, so that nothing in it ends the element that holds it."""
    return Markup(plotly_js.source().decode().replace("</script", "<\\/script").replace("<!--", "<\\!--"))
