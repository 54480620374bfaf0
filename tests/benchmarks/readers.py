"""Many readers at once, without browsers: sessions that speak Streamlit's protocol and move a slider."""

import asyncio
import json
import random
import time
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from itertools import count
from threading import Thread
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import httpx2
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

EVERY_S = 1.0  # each reader lets go of a slider so often
TURNS = 4  # times a reader moves one slider before going to the next
LOWEST, PLACES = 45.0, 12  # where the first reader's sliders go, and how many steps each reader has to itself
SPAN, BESIDE = 300, 0.01  # within which steps they stay: who would be beyond stands a little beside another


class Reader:
    """One session on one page: what it was told, and how long each release took to be answered."""

    def __init__(self, number: int, address: str, sliders: tuple[str, ...], every_s: float = EVERY_S) -> None:
        self.number, self.address, self.sliders, self.every_s = number, address, sliders, every_s
        self.answered_ms: list[float] = []
        self._query = self._fragment = ""
        self._widgets: dict[str, str] = {}
        self._panel, self._message = "", 0
        self._positions: dict[str, float] = {}
        self._sweeps: dict[str, Any] = {}
        self._line: ClientConnection
        self._web: httpx2.AsyncClient

    async def come(self, stack: AsyncExitStack) -> None:
        """Opens the page and waits until it stands."""
        host = urlsplit(self.address).netloc
        line = connect(f"ws://{host}/_stcore/stream", subprotocols=[Subprotocol("streamlit")], max_size=None)
        self._line = await stack.enter_async_context(line)
        self._web = await stack.enter_async_context(httpx2.AsyncClient())
        await self._run()

    async def move(self, until: float) -> None:
        """Lets go of a slider every `every_s` or so, some times the same and then the next, until that time of
        `time.perf_counter`."""
        pace = random.Random(self.number)
        await asyncio.sleep(pace.uniform(0, self.every_s))
        for turn in count(self.number):  # not all readers go to another slider at the same time
            begun = time.perf_counter()
            if begun > until:
                return
            slider = self.sliders[turn // TURNS % len(self.sliders)]
            if turn % TURNS == 0:
                await self._ask_for_sweep(slider)  # as the browser does when a pointer comes near
            # No two readers stand in the same place: nobody lives on what was worked out for another.
            lap, place = divmod(PLACES * self.number + turn % PLACES, SPAN)
            self._positions[slider] = LOWEST + place + BESIDE * lap
            sent = time.perf_counter()
            await self._run()
            self.answered_ms.append((time.perf_counter() - sent) * 1000)
            await asyncio.sleep(max(0.0, self.every_s * pace.uniform(0.8, 1.2) - (time.perf_counter() - begun)))

    async def _run(self) -> None:
        message = BackMsg()
        state = message.rerun_script
        state.page_name, state.query_string = urlsplit(self.address).path.strip("/"), self._query
        state.fragment_id = self._fragment  # what the slider lies in; empty for the whole page
        if self._positions and self._panel:
            self._message += 1
            sent = {"event": "set", "value": {"values": self._positions, "message": self._message}}
            widget = state.widget_states.widgets.add()
            widget.id, widget.json_value = self._panel, "{}"  # as the browser does: the panel has no state of its own
            widget = state.widget_states.widgets.add()
            widget.id, widget.json_trigger_value = _make_trigger_id(self._panel, "events"), json.dumps([sent])
        for slider, position in self._positions.items():
            if slider in self._widgets:  # a slider of Streamlit's own, on the bare page
                widget = state.widget_states.widgets.add()
                widget.id = self._widgets[slider]
                widget.double_array_value.data.append(position)
        await self._line.send(message.SerializeToString())
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(await self._line.recv(decode=False))
            if answer.WhichOneof("type") == "script_finished":
                return
            self._note(answer)

    def _note(self, answer: ForwardMsg) -> None:
        if answer.WhichOneof("type") == "page_info_changed":
            self._query = answer.page_info_changed.query_string
        element = answer.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "slider":
            self._fragment = answer.delta.fragment_id
            self._widgets |= {key: element.slider.id for key in self.sliders if element.slider.id.endswith(f"-{key}")}
        elif kind == "bidi_component":
            data = json.loads(element.bidi_component.bytes)
            self._sweeps = data.get("sliders") or self._sweeps
            if data["kind"] == "inputs":
                keys = [each["key"] for group in data["groups"] for each in group["inputs"]]
                if set(self.sliders) & set(keys):
                    self._fragment, self._panel = answer.delta.fragment_id, element.bidi_component.id

    async def _ask_for_sweep(self, slider: str) -> None:
        if self._sweeps:
            address = f"{self._sweeps['address']}{slider}?{urlencode(self._sweeps['query'])}"
            (await self._web.get(urljoin(self.address, address))).raise_for_status()


class Readers:
    """Readers of one page on a thread of their own, moving these sliders in turn."""

    def __init__(self, address: str, sliders: tuple[str, ...], every_s: float = EVERY_S) -> None:
        self.address, self.sliders, self.every_s = address, sliders, every_s
        self.all: list[Reader] = []
        self._loop = asyncio.new_event_loop()
        self._stack = AsyncExitStack()

    def __enter__(self) -> "Readers":
        Thread(target=self._loop.run_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._wait_for(self._stack.aclose())
        self._loop.call_soon_threadsafe(self._loop.stop)

    def grow_to(self, wanted: int) -> None:
        """Lets more readers come, one after the other."""
        while len(self.all) < wanted:
            self.all.append(Reader(len(self.all), self.address, self.sliders, self.every_s))
            self._wait_for(self.all[-1].come(self._stack))

    @contextmanager
    def moving(self, seconds: float) -> Iterator[None]:
        """All of them move their sliders for so long while the block runs."""
        until = time.perf_counter() + seconds
        all_move = asyncio.run_coroutine_threadsafe(self._all_move(until), self._loop)
        yield
        all_move.result()

    async def _all_move(self, until: float) -> None:
        await asyncio.gather(*(reader.move(until) for reader in self.all))

    def _wait_for(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(60)
