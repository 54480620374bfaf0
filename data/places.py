"""Where in the files a figure that is not known would stand: file and field, for whoever writes a thesis."""

import datetime as dt

from data.company import Company
from data.filing_files import FILES


def of_measure(company: Company, *measures: str, end: dt.date | None = None) -> str:
    """The columns of the file of periods in which measures stand, and the row of one period where it is named."""
    periods = FILES[company.profile.rhythm.noun]
    return f"{_folder(company)}/{periods}, column {' or '.join(measures)}{_row(company, end)}"


def of_segment(company: Company, segment: str, measure: str, end: dt.date | None = None) -> str:
    """The rows of a segment's measure."""
    return f"{_folder(company)}/segments.csv, segment “{segment}”, metric {measure}{_row(company, end)}"


def of_series(company: Company, series: str) -> str:
    """Where the facts of a series stand."""
    return f"{_folder(company)}/facts.toml, a fact with series = “{series}”"


def of_named_series(company: Company) -> str:
    """Where facts would stand that a claim's test could take in place of the market's."""
    return f"{_folder(company)}/facts.toml, as facts of a series that the claim’s test names"


def of_earnings(symbol: str) -> str:
    """Where the earnings per share of a peer stand, of which nothing else may be known."""
    return f"companies/{symbol}/quarters.csv, column diluted_eps"


def of_prior_years(company: Company) -> str:
    """Where the revenue of the year before stands by segment."""
    return f"{_folder(company)}/segments.csv, column prior_year"


def of_closes(symbol: str) -> str:
    """Where the closes of a share stand."""
    return f"snapshots/closes.csv, symbol {symbol}"


def _folder(company: Company) -> str:
    return f"companies/{company.profile.symbol}"


def _row(company: Company, end: dt.date | None) -> str:
    return "" if end is None else f", {company.profile.rhythm.noun} {end}"
