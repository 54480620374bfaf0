"""What is unusual and can be true: each row is believed as it comes, with and without a last good answer."""

import pytest

from data.market.plausible import judge
from data.market.records import Answer
from tests.data.market.test_plausible import ANALYSIS, CLOSES, OPTIONS, PRICES, RATE, estimated, known, priced

SOUND: dict[str, Answer] = {
    "an ordinary day": PRICES,
    "a fall by 40%": priced(80.0, 80.0),
    "no close of the day yet": PRICES.model_copy(update={"closes": dict(list(CLOSES.items())[:-1])}),
    "a history without closes": PRICES.model_copy(update={"closes": {}}),
    "targets": ANALYSIS,
    "targets twice the price": estimated(target_mean=262.0, target_high=300.0),
    "a loss": estimated(eps_trailing=-3.0, pe_trailing=None),
    "an expected loss": estimated(eps_forward=-10.0, eps_forward_listed=-1.4),
    "pence and pounds": estimated(
        currency="GBp", price=None, target_mean=None, target_high=None, target_low=None, eps_trailing=None,
        pe_trailing=None, eps_forward=0.3, eps_forward_currency="GBP", eps_forward_listed=0.3,
    ),
    "a rate": RATE,
    "options": OPTIONS,
}  # fmt: skip


@pytest.mark.parametrize("name", SOUND)
@pytest.mark.parametrize("last", [True, False])
def test_what_can_be_true_is_believed(name: str, last: bool) -> None:
    said = SOUND[name]
    if getattr(said, "currency", None) == "GBp":
        last = False
    assert judge(said, known(said, last=last)) == (said, ())
