"""A loopback proxy that stands in for Yahoo Finance."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from .answers import Answer, answer
from .certificates import server_context
from .faults import Fault, distort
from .market import Market
from .proxy import Proxy, Request

Trouble = Callable[[Request, Answer], Answer | None]


class StandIn:
    """The service, to be used as a context manager.

    Parameters
    ----------
    market
        What it tells about; by default an unmoving market of today.

    Attributes
    ----------
    market
        The market; listings may be added at any time.
    refused
        Hosts other than Yahoo's that a client asked for.
    trouble
        Changes any healthy answer, or resets the connection by giving None; None while there is none.
    """

    def __init__(self, market: Market | None = None) -> None:
        self.market = market or Market(date.today())
        self.refused: list[str] = []
        self._requests: list[Request] = []
        self._served: list[tuple[str, Answer]] = []
        self.trouble: Trouble | None = None
        self._fault: Fault | None = None
        self._fault_on: str | None = None
        self._running = False
        self._changed = threading.Condition()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._server: Proxy | None = None
        self._bundle = Path()

    def start(self) -> Self:
        """Begin to listen on a free port of the loopback address."""
        self._folder = tempfile.TemporaryDirectory(prefix="standin-")
        context, self._bundle = server_context(Path(self._folder.name))
        self._running = True
        self._server = Proxy(context, self.respond, self.refused.append)
        self._server.start()
        return self

    def stop(self) -> None:
        """Stop listening, drop every connection and delete the certificates; may be called twice."""
        with self._changed:
            self._running = False
            self._changed.notify_all()
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._folder is not None:
            self._folder.cleanup()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def port(self) -> int:
        """The port of the proxy."""
        if self._server is None:
            raise RuntimeError("The stand-in is not running")
        return int(self._server.server_address[1])

    def environment(self) -> dict[str, str]:
        """Return the variables that send a process's Yahoo traffic here; set them before its first."""
        address, mine = f"http://127.0.0.1:{self.port}", "localhost,127.0.0.1,::1"
        # libcurl prefers the small spelling, and an inherited exception list could lead past the stand-in.
        return {
            "HTTPS_PROXY": address,
            "https_proxy": address,
            "NO_PROXY": mine,
            "no_proxy": mine,
            "REQUESTS_CA_BUNDLE": str(self._bundle),
        }

    @property
    def fault(self) -> Fault | None:
        """What is wrong at present; None while the service is well."""
        return self._fault

    @fault.setter
    def fault(self, fault: Fault | None) -> None:
        with self._changed:
            self._fault = fault
            self._changed.notify_all()

    @property
    def fault_on(self) -> str | None:
        """Restricts the fault to requests whose ``host/path?query`` contains this text."""
        return self._fault_on

    @fault_on.setter
    def fault_on(self, part: str | None) -> None:
        with self._changed:
            self._fault_on = part
            self._changed.notify_all()

    @property
    def requests(self) -> list[Request]:
        """A copy of the requests so far, in the order of their arrival."""
        with self._changed:
            return list(self._requests)

    def count(self, part: str) -> int:
        """Return how many requests had `part` in ``host/path?query``."""
        return sum(request.matches(part) for request in self.requests)

    def serve(self, part: str, body: bytes | str, status: int = 200) -> None:
        """Answer requests with `part` in ``host/path?query`` by `body`; the latest rule wins.

        Faults still apply. A crumb is not asked for.
        """
        content = body.encode() if isinstance(body, str) else body
        media_type = "application/json" if content[:1] in (b"{", b"[") else "text/plain"
        with self._changed:
            self._served.insert(0, (part, Answer(status, content, media_type)))

    def respond(self, request: Request) -> Answer | None:
        """Return the answer to `request`, or None when the connection is to be reset."""
        with self._changed:
            self._requests.append(request)
            self._changed.wait_for(lambda: not self._running or self._fault_of(request) is not Fault.HANG)
            fault = self._fault_of(request)
            if not self._running or fault is Fault.OFFLINE:
                return None
            # Under the lock, so that one answer never mixes two moments of a moving market.
            make = partial(self._healthy, request)
            is_data = request.host != "fc.yahoo.com" and not request.path.endswith("/getcrumb")
            if self.trouble is not None:
                return self.trouble(request, make())
            return distort(fault, make, request.path, is_data) if fault else make()

    def _fault_of(self, request: Request) -> Fault | None:
        return self._fault if not self._fault_on or request.matches(self._fault_on) else None

    def _healthy(self, request: Request) -> Answer:
        for part, served in self._served:
            if request.matches(part):
                return served
        self.market.tick()
        return answer(self.market, *request)
