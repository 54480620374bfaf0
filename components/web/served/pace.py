"""How often one client may ask for what costs the server work.

Each client has a store of requests that fills again with time (a token bucket). A client is an address; that which a
proxy names counts in place of the proxy's own: one on this machine, or in the networks of `THESIS_PROXIES`.
"""

import ipaddress
import logging
import os
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache

from starlette.requests import Request

_log = logging.getLogger(__name__)
AT_ONCE, A_SECOND = 80.0, 20.0  # a page with eight sliders asks a dozen times when it opens, a drag twice a second
MOST_CLIENTS = 5_000  # the longest silent ones are forgotten: their stores are full again


class Pace:
    """The stores of all clients. For one thread, the server's loop."""

    def __init__(
        self, at_once: float = AT_ONCE, a_second: float = A_SECOND, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._at_once, self._a_second, self._now = at_once, a_second, monotonic
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # client -> (requests left, when)

    def lets(self, request: Request) -> bool:
        """Takes a request from its client's store; whether there was one left."""
        client, now = client_of(request), self._now()
        left, when = self._left.pop(client, (self._at_once, now))
        left = min(self._at_once, left + (now - when) * self._a_second)
        self._left[client] = (max(left - 1, 0.0) if left >= 1 else left, now)
        while len(self._left) > MOST_CLIENTS:
            self._left.popitem(last=False)
        return left >= 1


def client_of(request: Request) -> str:
    """The address of a client: the last that a trusted proxy names, else the one that is connected."""
    host = request.client.host if request.client else ""
    forwarded = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    return forwarded[:64] if forwarded and _is_proxy(host) else host


def _is_proxy(host: str) -> bool:
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return False
    return found.is_loopback or any(found in network for network in _networks(os.environ.get("THESIS_PROXIES", "")))


@lru_cache(maxsize=4)
def _networks(named: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    """Networks such as `172.16.0.0/12`, with spaces between them; what is none is logged and passed over."""
    found = []
    for each in named.split():
        try:
            found.append(ipaddress.ip_network(each))
        except ValueError as error:
            _log.warning("THESIS_PROXIES: %s", error)
    return tuple(found)
