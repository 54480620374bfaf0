"""A second invented company with all that every page can use: two years of quarters, segments, a plan, parts.

Everything is written from arguments, so that a test can change one thing: the currency of the filings, what a quarter
reports, the families.
"""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from data.dossier import Dossier, open_dossier
from data.library import Library
from data.market.service import MarketService
from data.market.store import Store

TODAY = dt.date(2026, 4, 10)
ENDS = ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31", "2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"]
COLUMNS = (
    "revenue,adjusted_ebita,diluted_eps,operating_cash_flow,free_cash_flow,capex,net_cash,exchange_rate,diluted_shares"
)
ROW = "900,120,0.5,100,60,40,500,1.1,200"

THESIS = """
[article]
name = "Werft builds cables"
sentence = "Werft lays cables, and earns on them."
published = 2026-03-02
company = "WRF"
currency = "EUR"
price_from = 2025-12-01
target_range = "goals"
upside_range = "promise"

[article.capex]
plan = "plan"
years = 2
segment = "Sea"

[article.valuation]
growing = "sea"

[[article.valuation.part]]
family = "sea"
measure = "revenue"
multiple = 2
reason = "a round figure"

[[claim]]
id = "goals"
topic = "Price"
statement = "Targets lie at EUR 50 to 60"
stated = { low = 50, high = 60, unit = "EUR per share", decimals = 0 }
place = "part 1"
test = { name = "target", series = "targets" }
effect = { name = "target" }

[[claim]]
id = "promise"
topic = "Price"
statement = "That is 25% to 50% more than today"
stated = { low = 25, high = 50, unit = "%", decimals = 0 }
place = "part 1"
test = { name = "target_gap", of = "goals" }

[[claim]]
id = "margin"
topic = "Business"
statement = "Sea has a margin of 20%"
stated = { value = 20, unit = "%", decimals = 0 }
place = "part 2"
[claim.test]
name = "segment_margin"
segment = "Sea"
predecessor = "Sea"
successor = "Land"
measured = "EBITA"
said = "EBITDA"
[claim.effect]
name = "margin"
tax = 25

[[claim]]
id = "multiple"
topic = "Price"
statement = "It trades at 18 to 22 times earnings"
stated = { low = 18, high = 22, unit = "x", decimals = 0 }
place = "part 1"
test = { name = "price_to_earnings" }

[[claim]]
id = "cash"
topic = "Business"
statement = "Net cash exceeds EUR 0.4bn"
stated = { minimum = 0.4, unit = "EUR bn", decimals = 1 }
place = "part 2"
test = { name = "level", measure = "net_cash" }

[[claim]]
id = "plan-size"
topic = "Business"
statement = "EUR 0.4bn go into cables"
stated = { value = 0.4, unit = "EUR bn", decimals = 1 }
place = "part 2"
test = { name = "plan_converted", fact = "plan", years = 2 }

[[claim]]
id = "covered"
topic = "Business"
statement = "Cash flow covers it"
stated = { minimum = 100, unit = "%", decimals = 0 }
place = "part 2"
test = { name = "capex_coverage", quarters = 4, alternative = 2, business = "Sea" }
"""

FAMILIES = {"sea": ["Sea"], "land": ["Land"]}


def files(
    filing: str = "EUR",
    rows: Mapping[str, str | None] | None = None,
    segment_rows: Mapping[str, str] | None = None,
    families: Mapping[str, list[str]] | None = None,
    thesis: str = THESIS,
) -> dict[str, str]:
    """The files by name.

    `rows` has other rows of quarters.csv by quarter (None: the quarter is in no file), `segment_rows` what is to stand
    in place of a part of segments.csv.
    """
    quarters = {end: (rows or {}).get(end, ROW) for end in ENDS}
    ends = [end for end in ENDS if quarters[end] is not None]
    units = "\n".join(
        f'{metric} = "{filing} m"'
        for metric in COLUMNS.split(",")
        if metric not in ("diluted_eps", "exchange_rate", "diluted_shares")
    )
    rate = f'exchange_rate = "{filing} per EUR"\n'
    segments = "".join(
        f"{end},one,segment,Sea,revenue,600,500,official\n{end},one,segment,Land,revenue,300,400,official\n"
        f"{end},one,segment,Sea,adjusted_ebita,120,80,official\n{end},one,segment,Land,adjusted_ebita,30,20,official\n"
        for end in ends
    )
    for old, new in (segment_rows or {}).items():
        assert old in segments
        segments = segments.replace(old, new)
    homes = "".join(
        f'\n[[family]]\nid = "{name}"\nlabel = "All of {name}"\nsegments = {{ one = {inside!r} }}\n'.replace("'", '"')
        for name, inside in (families or FAMILIES).items()
    )
    return {
        "theses/werft.toml": thesis,
        "companies/WRF/company.toml": (
            'name = "Werft AG"\nshort_name = "Werft"\nsymbol = "WRF"\n'
            f'currency = "{filing}"\nfiscal_year_starts = "01-01"\n\n'
            '[listing]\ncurrency = "EUR"\nshare_class = "share"\nordinary_shares = 1\n\n'
            f'[measures]\n{units}\ndiluted_eps = "{filing} per share"\ndiluted_shares = "shares m"\n{rate}'
            f'\n[[structure]]\nid = "one"\nlabel = "all years"\n{homes}'
        ),
        "companies/WRF/facts.toml": (
            f'[[fact]]\nid = "plan"\nlabel = "The plan"\nvalue = 0.4\nunit = "{filing} bn"\nas_of = 2025-01-15\n'
            'known = 2025-01-15\nsource = "the company"\n\n'
            '[[fact]]\nid = "targets-1"\nseries = "targets"\nlabel = "Mean target"\nvalue = 55\n'
            'unit = "EUR per share"\nas_of = 2026-02-01\nknown = 2026-02-01\norigin = "snapshot"\nsource = "press"\n'
        ),
        "companies/WRF/releases.csv": "period_end,fiscal_quarter,released,url\n"
        + "".join(f"{end},Q,{dt.date.fromisoformat(end) + dt.timedelta(days=40)},\n" for end in ends),
        "companies/WRF/quarters.csv": f"period_end,{COLUMNS},confidence\n"
        + "".join(f"{end},{quarters[end]},official\n" for end in ends),
        "companies/WRF/segments.csv": "period_end,structure,level,segment,metric,value,prior_year,confidence\n"
        + segments,
        "snapshots/closes.csv": "date,symbol,close,currency\n"
        "2025-12-01,WRF,36.0,EUR\n2026-02-27,WRF,40.0,EUR\n2026-03-06,WRF,41.0,EUR\n2026-03-27,WRF,44.0,EUR\n",
    }


def library_at(root: Path, written: Mapping[str, str]) -> Library:
    """Writes files below `root`, as a library."""
    for name, text in written.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Library(root / "theses", root / "companies", root / "snapshots")


def dossier_at(root: Path, written: Mapping[str, str], name: str = "werft") -> Dossier:
    """The dossier of such files on one fixed day."""
    return open_dossier(name, MarketService(Store(None), enabled=False), TODAY, library_at(root, written))
