"""A trailing EPS is believed where the service's own ratio shows that it is in the price's currency."""

import pytest

from data.market import yahoo


@pytest.mark.parametrize(
    ("info", "eps"),
    [
        ({"trailingEps": 6.46, "currentPrice": 113.76, "trailingPE": 17.6}, 6.46),
        # 113.76 / 6.46 = 17.61; within three per cent of it lies 18.1, and 18.2 does not.
        ({"trailingEps": 6.46, "currentPrice": 113.76, "trailingPE": 18.1}, 6.46),
        ({"trailingEps": 6.46, "currentPrice": 113.76, "trailingPE": 18.2}, None),
        ({"trailingEps": 6.46, "currentPrice": 113.76, "trailingPE": 17.0}, None),
        # Earnings in yuan beside a price in dollars.
        ({"trailingEps": 45.2, "currentPrice": 113.76, "trailingPE": 17.6}, None),
        ({"trailingEps": 6.46, "regularMarketPrice": 113.76, "trailingPE": 17.6}, 6.46),
        ({"trailingEps": 6.46, "currentPrice": 113.76}, None),
        ({"trailingEps": 0.0, "currentPrice": 113.76, "trailingPE": 17.6}, None),
        ({}, None),
    ],
)
def test_the_two_must_agree(info: dict[str, float], eps: float | None) -> None:
    assert yahoo._trailing_eps(info) == eps
