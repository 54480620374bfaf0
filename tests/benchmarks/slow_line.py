"""A line to a server that takes its time: every byte arrives later, as over a long distance."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from threading import Thread
from urllib.parse import urlsplit


async def _carry(delay_s: float, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Passes on what comes, later and in order; a longer delay does not make the line narrower."""
    loop = asyncio.get_running_loop()
    with suppress(ConnectionError):
        while chunk := await reader.read(65536):
            loop.call_later(delay_s, writer.write, chunk)
    loop.call_later(delay_s, writer.close)


async def _connect(
    host: str, port: int, delay_s: float, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    there, back = await asyncio.open_connection(host, port)
    with suppress(asyncio.CancelledError):
        await asyncio.gather(_carry(delay_s, reader, back), _carry(delay_s, there, writer))


async def _hang_up() -> None:
    lines = asyncio.all_tasks() - {asyncio.current_task()}
    for line in lines:
        line.cancel()
    await asyncio.gather(*lines, return_exceptions=True)


@contextmanager
def slow_line(address: str, round_trip_ms: float) -> Iterator[str]:
    """Another address for the server, with half the round trip added each way."""
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, daemon=True).start()
    target = urlsplit(address)
    take = partial(_connect, target.hostname, target.port, round_trip_ms / 2000)
    listener = asyncio.run_coroutine_threadsafe(asyncio.start_server(take, "127.0.0.1", 0), loop).result(10)
    try:
        yield f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}{target.path}"
    finally:
        listener.close()
        asyncio.run_coroutine_threadsafe(_hang_up(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
