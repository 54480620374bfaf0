"""What tests of `data.market.yahoo` share: its calls, how they end, and answers with other values in them."""

import json
import math
from collections.abc import Callable, Iterator
from typing import Any

from data.market import yahoo
from data.market.failures import MarketFailure
from data.market.records import Answer
from tests.standin import Listing, StandIn
from tests.standin.answers import chart
from tests.standin.summary import modules

CALLS: dict[str, Callable[[], Answer]] = {
    "prices": lambda: yahoo.prices("BABA"),
    "analysis": lambda: yahoo.analysis("BABA"),
    "rate": lambda: yahoo.rate("USD/CNY"),
}
Outcome = type[MarketFailure] | None


def outcome(call: Callable[[], Answer]) -> Outcome:
    """The exact class of what is raised, so that nothing but a named failure passes; None for a sound record."""
    try:
        record = call()
    except MarketFailure as failure:
        assert type(failure) is not MarketFailure
        return type(failure)
    assert all(math.isfinite(number) for number in numbers(record.model_dump()))
    return None


def numbers(value: Any) -> Iterator[float]:
    if isinstance(value, dict):
        for each in value.values():
            yield from numbers(each)
    elif isinstance(value, (int, float)):
        yield value


def listing(standin: StandIn, symbol: str = "BABA") -> Listing:
    found = standin.market.find(symbol)
    assert found is not None
    return found


def serve_chart(standin: StandIn, symbol: str = "BABA", *, closes: list[Any] | None = None, **meta: Any) -> None:
    """Serves the chart of `symbol` with other values in its `meta`, or with these closes at its end."""
    content = json.loads(chart(standin.market, symbol, {"range": "2y", "events": "div,splits"}).body)
    result = content["chart"]["result"][0]
    result["meta"] |= meta
    if closes is not None:
        column = result["indicators"]["quote"][0]["close"]
        column[-len(closes) :] = closes
    standin.serve(f"chart/{symbol}", json.dumps(content))


def serve_module(standin: StandIn, module: str, **changes: Any) -> None:
    """Serves the analysis of BABA with other values in one module."""
    serve_summary(standin, {module: changes})


def serve_summary(standin: StandIn, changes: dict[str, Any], symbol: str = "BABA") -> None:
    """Serves the analysis of `symbol` with other values in its modules; None takes a module out."""
    found = modules(standin.market, listing(standin, symbol), list(yahoo.MODULES))
    for module, values in changes.items():
        if values is None:
            del found[module]
        elif isinstance(values, dict):
            found[module] |= values
        else:
            found[module] = values
    standin.serve(f"quoteSummary/{symbol}", summary(found))


def summary(found: dict[str, Any]) -> str:
    return json.dumps({"quoteSummary": {"result": [found], "error": None}})
