"""An invented thesis, company and market: what the code may not know by name. Written as files, like a real one."""

import datetime as dt
from pathlib import Path

from data.dossier import Dossier, Library, open_dossier
from data.market.service import MarketService

THESIS = """
[article]
name = "Nordlicht leaves coal"
sentence = "Nordlicht swaps coal for wind, and the share has not noticed."
published = 2026-03-02
company = "NLT"
currency = "EUR"
price_from = 2025-12-01
target_range = "goals"
upside_range = "promise"

[[claim]]
id = "goals"
topic = "Price"
statement = "Targets lie at EUR 50 to 60"
short = "Targets"
stated = { low = 50, high = 60, unit = "EUR per share", decimals = 0 }
place = "part 1, paragraph 1"
key = true
test = { name = "target", series = "targets" }

[[claim]]
id = "promise"
topic = "Price"
statement = "That is 25% to 50% more than today"
stated = { low = 25, high = 50, unit = "%", decimals = 0 }
place = "part 1, paragraph 2"
test = { name = "target_gap", of = "goals" }

[[claim]]
id = "wind"
topic = "Business"
statement = "Wind grows by 20%"
short = "Wind growth"
stated = { value = 20, unit = "%", decimals = 0 }
period = 2025-12-31
place = "part 2, paragraph 1"
key = true
test = { name = "growth", segment = "Wind" }

[[claim]]
id = "cash"
topic = "Business"
statement = "Net cash exceeds EUR 1bn"
stated = { minimum = 1, unit = "EUR bn", decimals = 0 }
place = "part 2, paragraph 2"
key = true
test = { name = "level", measure = "net_cash" }
"""

COMPANY = """
name = "Nordlicht AG"
short_name = "Nordlicht"
symbol = "NLT"
currency = "EUR"
fiscal_year_starts = "01-01"

[listing]
currency = "EUR"
share_class = "share"
ordinary_shares = 1

[measures]
revenue = "EUR m"
adjusted_ebita = "EUR m"

[[structure]]
id = "one"
label = "all years"

[[family]]
id = "wind"
label = "Wind"
segments = { one = ["Wind"] }

[[family]]
id = "coal"
label = "Coal"
segments = { one = ["Coal"] }
"""

FILES = {
    "theses/nordlicht.toml": THESIS,
    "companies/NLT/company.toml": COMPANY,
    "companies/NLT/releases.csv": "period_end,fiscal_quarter,released,url\n2025-12-31,Q4 2025,2026-02-20,\n",
    "companies/NLT/quarters.csv": "period_end,revenue,adjusted_ebita,confidence\n2025-12-31,900,120,official\n",
    "companies/NLT/segments.csv": (
        "period_end,structure,level,segment,metric,value,prior_year,confidence\n"
        "2025-12-31,one,segment,Wind,revenue,600,500,official\n"
        "2025-12-31,one,segment,Coal,revenue,300,400,official\n"
        "2025-12-31,one,segment,Wind,adjusted_ebita,110,80,official\n"
        "2025-12-31,one,total,Total,revenue,900,900,official\n"
    ),
    "snapshots/closes.csv": (
        "date,symbol,close,currency\n"
        "2025-12-01,NLT,36.0,EUR\n2026-02-27,NLT,40.0,EUR\n2026-03-06,NLT,41.0,EUR\n2026-04-03,NLT,44.0,EUR\n"
    ),
}


def write_files(root: Path) -> Path:
    """Writes the invented thesis below `root` and gives `root` back."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def open_invented(root: Path, service: MarketService, today: dt.date) -> Dossier:
    """The invented thesis, written below `root`."""
    write_files(root)
    return open_dossier("nordlicht", service, today, Library(root / "theses", root / "companies", root / "snapshots"))
