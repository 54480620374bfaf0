"""Every text in a chart can be read on both grounds: a contrast of 4.5:1 (WCAG 2.2, 1.4.3)."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from components.charts import palette
from components.charts.chart import TEMPLATES
from tests.components.answers.shown import charts_of_all_pages

GROUNDS = {"light": palette.GROUND, "dark": palette.DARK[palette.GROUND]}
LEAST = 4.5


def luminance(colour: str) -> float:
    """Relative luminance, from 0 to 1."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def text_colours(node: Any, of_text: bool = False) -> Iterator[str]:
    """The colours of all texts in a figure's JSON."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from text_colours(value, key in ("font", "textfont", "insidetextfont", "tickfont") or of_text)
    elif isinstance(node, list):
        for each in node:
            yield from text_colours(each, of_text)
    elif of_text and isinstance(node, str) and node.startswith("#"):
        yield node


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_texts_in_charts_stand_out(theme: str) -> None:
    charts = charts_of_all_pages()
    assert len(charts) > 15
    found = {TEMPLATES[theme]["layout"]["font"]["color"]: "template"}
    for chart in charts:
        for colour in text_colours(json.loads(chart.written)):
            found[colour if theme == "light" else palette.DARK[colour]] = chart.id
    weak = {f"{where}: {colour}" for colour, where in found.items() if contrast(colour, GROUNDS[theme]) < LEAST}
    assert weak == set()
    assert len(found) > 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_numbers_on_a_map_stand_out_at_any_change(theme: str) -> None:
    ground = GROUNDS[theme]
    ink = palette.INK if theme == "light" else palette.DARK[palette.INK]
    for change in (-3.0, -1.0, -0.5, -0.1, 0.0, 0.1, 0.5, 1.0, 3.0):
        text = palette.diverging([change])[0]
        red, green, blue, opacity = (float(part) for part in text.removeprefix("rgba(").removesuffix(")").split(","))
        colour = "#" + "".join(f"{int(each):02x}" for each in (red, green, blue))
        colour = colour if theme == "light" else palette.DARK[colour]
        mixed = [
            round(int(colour[at : at + 2], 16) * opacity + int(ground[at : at + 2], 16) * (1 - opacity))
            for at in (1, 3, 5)
        ]
        assert contrast("#" + "".join(f"{each:02x}" for each in mixed), ink) >= LEAST, change


def test_every_colour_has_one_for_the_dark_and_no_two_are_one() -> None:
    named = {value for name, value in vars(palette).items() if name.isupper() and isinstance(value, str)}
    assert named == set(palette.DARK)
    assert len(set(palette.DARK.values())) == len(palette.DARK)
