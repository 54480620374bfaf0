"""Where in the files a figure that is not known would stand: file and field, for whoever writes a thesis."""

import datetime as dt

from data.company import Company
from data.filing_files import FILES


def of_measure(company: Company, *measures: str, end: dt.date | None = None) -> str:
    """The columns of the file of periods in which measures stand, and the row of one period where it is named."""
    profile = company.profile
    row = f", {profile.rhythm.noun} {end}" if end is not None else ""
    return f"companies/{profile.symbol}/{FILES[profile.rhythm.noun]}, column {' or '.join(measures)}{row}"


def of_segment(company: Company, segment: str, measure: str, end: dt.date | None = None) -> str:
    """The rows of a segment's measure."""
    row = f", {company.profile.rhythm.noun} {end}" if end is not None else ""
    return f"companies/{company.profile.symbol}/segments.csv, segment “{segment}”, metric {measure}{row}"


def of_series(company: Company, series: str) -> str:
    """Where the facts of a series stand."""
    return f"companies/{company.profile.symbol}/facts.toml, a fact with series = “{series}”"


def of_named_series(company: Company) -> str:
    """Where facts would stand that a claim's test could take in place of the market's."""
    return f"companies/{company.profile.symbol}/facts.toml, as facts of a series that the claim’s test names"


def of_earnings(symbol: str) -> str:
    """Where the earnings per share of a peer stand, of which nothing else may be known."""
    return f"companies/{symbol}/quarters.csv, column diluted_eps"


def of_prior_years(company: Company) -> str:
    """Where the revenue of the year before stands by segment."""
    return f"companies/{company.profile.symbol}/segments.csv, column prior_year"


def of_closes(symbol: str) -> str:
    """Where the closes of a share stand."""
    return f"snapshots/closes.csv, symbol {symbol}"
