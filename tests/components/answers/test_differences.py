"""What filings and the market service state otherwise, as the first page says it."""

import datetime as dt
import json
from dataclasses import replace

from components.answers.registry import PAGES
from components.readouts.blocks import Readout
from data.dossier import open_dossier
from data.market.records import Statements
from data.market.service import MarketService
from data.market.store import Store
from data.statements import with_statements
from tests.components.answers.shown import asked_of

TODAY = dt.date(2026, 11, 20)


def differences(moment: str = "today", **lines: float) -> Readout | None:
    dossier = open_dossier("alphabet-2026", MarketService(Store(None), enabled=False), TODAY)
    quarters = {line: {dt.date(2026, 6, 30): value} for line, value in lines.items()}
    told = Statements(symbol="GOOG", currency="USD", quarters=quarters, years={})
    asked = asked_of(replace(dossier, company=with_statements(dossier.company, told)))
    asked = replace(asked, view=asked.view.set("moment", (moment,)))
    return PAGES["overview"].answer(asked).differences()


def test_a_figure_stated_otherwise_is_shown_beside_the_filing_s() -> None:
    shown = differences(CapitalExpenditure=-47e9)
    assert shown is not None
    text = json.dumps(shown.blocks, ensure_ascii=False)
    assert "The market service states 1 figure otherwise than the filings" in text
    assert text.index("44.9bn") < text.index("47.0bn")


def test_nothing_is_said_where_they_agree() -> None:
    assert differences(CapitalExpenditure=-44.92e9) is None


def test_nothing_is_said_of_a_quarter_that_was_not_yet_reported() -> None:
    assert differences("published", CapitalExpenditure=-47e9) is None
