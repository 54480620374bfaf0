"""The next release lies between the company's own shortest and longest delays."""

import datetime as dt

from components.calculators.next_release import next_release
from data.dossier import Dossier


def test_the_september_quarter_by_the_company_s_habit(dossier: Dossier) -> None:
    """After June 2026; the September quarters before came between the 15th and the 25th of November."""
    found = next_release(dossier)
    assert found is not None
    assert found.quarter == dt.date(2026, 9, 30)
    same = [each for each in dossier.releases("BABA") if each.period_end.month == 9]
    delays = sorted((each.released - each.period_end).days for each in same)
    assert len(delays) > 1
    assert (found.earliest - found.quarter).days == delays[0]
    assert (found.latest - found.quarter).days == delays[-1]
    assert not found.is_late(found.latest)
    assert found.is_late(found.latest + dt.timedelta(days=1))


def test_before_any_release_there_is_no_habit(dossier: Dossier) -> None:
    assert next_release(dossier.at(dt.date(2010, 1, 1))) is None


def test_a_quarter_without_a_forerunner_takes_the_delays_of_all(dossier: Dossier) -> None:
    early = dossier.at(min(each.released for each in dossier.releases("BABA")))
    found = next_release(early)
    assert found is not None
    assert found.earliest <= found.latest
