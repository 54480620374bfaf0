"""A trailing EPS is believed where the service's own ratio gives it: price ÷ EPS, to within three per cent."""

import datetime as dt

import pytest

from data.market.doubts import Known
from data.market.plausible_analysis import judge_analysis
from data.market.records import Analysis

NOW = dt.datetime(2026, 11, 20, 21, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("ratio", "kept"),
    [
        (17.6, 6.46),
        # 113.76 / 6.46 = 17.61; within three per cent of it lie 18.1 and 17.1, and 18.2 and 17.0 do not.
        (18.1, 6.46),
        (17.1, 6.46),
        (18.2, None),
        (17.0, None),
    ],
)
def test_the_two_must_agree(ratio: float, kept: float | None) -> None:
    answer = Analysis(symbol="X", currency="USD", target_mean=150.0, price=113.76, eps_trailing=6.46, pe_trailing=ratio)
    judged, held_back = judge_analysis(answer, Known(NOW))
    assert judged is not None
    assert judged.eps_trailing == kept
    assert judged.target_mean == 150.0
    assert [each.place for each in held_back] == ([] if kept else ["eps_trailing"])
