"""What the served routes have in common: who is answered, and in what form."""

import gzip
import json
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from components.web.served.pace import Pace

LONGEST_ADDRESS = 4_000  # characters; a link with every input of a page set has less than a thousand


def turned_away(request: Request, pace: Pace) -> JSONResponse | None:
    """The answer to a request that is not worked on; None for one that is.

    An address that is too long, a page of somebody else's, a client that asks more often than `pace` lets it.
    """
    if sum(len(str(part)) for part in request.path_params.values()) + len(request.url.query) > LONGEST_ADDRESS:
        return refused(414, "The address is too long.")
    if not is_from_here(request.headers):
        return refused(403, "This is answered to the dashboard’s own pages.")
    if not pace.lets(request):
        answer = refused(429, "That is asked too often.")
        answer.headers["Retry-After"] = "1"
        return answer
    return None


def is_from_here(headers: Headers) -> bool:
    """Whether a request comes from one of the dashboard's own pages, or from no page at all.

    Any website can make its visitors' browsers ask the server on their own machine; browsers say so in the request.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or is_of(origin, headers.get("host", ""))


def is_of(origin: str, host: str) -> bool:
    """Whether an origin is that of a host; one that is no address is nobody's."""
    try:
        return urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False


def refused(status: int, why: str) -> JSONResponse:
    """Why there is no answer, as a sentence."""
    return JSONResponse({"error": why}, status)


def as_json(value: object) -> bytes:
    """JSON without spaces."""
    return json.dumps(value, separators=(",", ":")).encode()


def packed(body: bytes, headers: Headers) -> Response:
    """JSON, compressed where the browser takes it; nothing keeps it."""
    own = {"Cache-Control": "no-store", "Vary": "Accept-Encoding"}
    if "gzip" not in headers.get("accept-encoding", ""):
        return Response(body, media_type="application/json", headers=own)
    small = gzip.compress(body, compresslevel=1, mtime=0)
    return Response(small, media_type="application/json", headers={**own, "Content-Encoding": "gzip"})
