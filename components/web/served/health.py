"""How the server is: for whoever balances its load, and for a scraper of metrics.

`/health` says in JSON whether the process answers, how fresh the market's values are, and what is out of order. It is
200 as long as pages can be read: stale values and a store that fails are told, and are no reason to take a server out.
`/metrics` has the same as numbers in Prometheus's text form, for callers on the machine itself alone.
"""

import ipaddress
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from components.web.served.paths import HEALTH, METRICS, address
from data.market.service import Status

Key = tuple[str, str]


@dataclass(frozen=True)
class Health:
    """What is known of the server.

    Attributes
    ----------
    ages : seconds since each answer of the market service was fetched.
    counts : how many questions of a kind ended how.
    problems : what is out of order besides, as sentences.
    """

    status: Status
    ages: Mapping[Key, float]
    counts: Mapping[tuple[str, str], int]
    sessions: int
    problems: Sequence[str] = ()


def routes(health: Callable[[], Health]) -> list[Route]:
    """The two addresses."""

    def told(request: Request) -> JSONResponse:
        now = health()
        status = now.status
        store = [status.store_problem] if status.store_problem else []
        prices = [age for (kind, _), age in now.ages.items() if kind == "prices"]
        return JSONResponse(
            {
                "status": "ok",
                "market": {
                    "enabled": status.enabled,
                    "failure": status.failure,
                    "next_try": status.next_try.isoformat(timespec="seconds") if status.next_try else None,
                    "answers": len(now.ages),
                    "newest_price_age_seconds": round(min(prices)) if prices else None,
                    "oldest_price_age_seconds": round(max(prices)) if prices else None,
                },
                "problems": [*store, *now.problems],
            },
            headers={"Cache-Control": "no-store"},
        )

    def measured(request: Request) -> Response:
        if not _is_here(request):
            return PlainTextResponse("Metrics are told to this machine only.", 403)
        return Response(_written(health()), media_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})

    return [Route(address(HEALTH), told), Route(address(METRICS), measured)]


def _is_here(request: Request) -> bool:
    """Whether a caller is on this machine and no proxy has passed the request on."""
    forwarded = "x-forwarded-for" in request.headers or "forwarded" in request.headers
    try:
        return not forwarded and request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


class _Fetches(Collector):
    """The questions so far, which the service itself counts."""

    def __init__(self, counts: Mapping[tuple[str, str], int]) -> None:
        self._counts = counts

    def collect(self) -> list[CounterMetricFamily]:
        found = CounterMetricFamily("thesis_fetches", "Questions to the market service", labels=["what", "outcome"])
        for labels, count in self._counts.items():
            found.add_metric(labels, count)
        return [found]


def _written(now: Health) -> bytes:
    registry = CollectorRegistry()
    Gauge("thesis_sessions", "Open sessions", registry=registry).set(now.sessions)
    Gauge("thesis_market_failing", "1 while the market service fails", registry=registry).set(bool(now.status.failure))
    Gauge("thesis_problems", "What is out of order besides", registry=registry).set(
        len(now.problems) + bool(now.status.store_problem)
    )
    age = Gauge("thesis_answer_age_seconds", "Age of each answer", ["what", "symbol"], registry=registry)
    for (kind, symbol), seconds in now.ages.items():
        age.labels(kind, symbol).set(seconds)
    registry.register(_Fetches(now.counts))
    return bytes(generate_latest(registry))
