"""Readers of a Streamlit app, as its own browser code speaks to the server, without a browser."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PATIENCE = 60
_MOST_BYTES = 2**26


@dataclass
class Visits:
    """What readers met.

    Attributes:
        milliseconds: From asking for a page to the last message of it, a number a visit.
        errors: What went wrong, in words.
    """

    milliseconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Visit:
    """A page opened with its choices: `Visit("targets", {"indicator": "robbery"})`."""

    page: str
    query: dict[str, str] = field(default_factory=dict)


async def read(
    address: str, visits: Sequence[Visit], *, readers: int, seconds: float, thought: float
) -> Visits:
    """Let readers open pages at random for a while, each thinking between one and the next.

    Args:
        address: Of the server, "ws://localhost:8501".
        visits: What they open, each as likely as the other.
        readers: How many there are at once.
        seconds: How long they read.
        thought: Seconds from one page drawn to the next asked for; half to one and a half times it.
    """
    found = Visits()
    until = time.monotonic() + seconds
    chance = [random.Random(number) for number in range(readers)]
    await asyncio.gather(
        *(_reader(address, visits, found, until=until, thought=thought, dice=d) for d in chance)
    )
    return found


async def _reader(
    address: str,
    visits: Sequence[Visit],
    found: Visits,
    *,
    until: float,
    thought: float,
    dice: random.Random,
) -> None:
    await asyncio.sleep(dice.uniform(0, thought))
    async with websockets.connect(
        f"{address}/_stcore/stream", subprotocols=["streamlit"], max_size=_MOST_BYTES
    ) as socket:
        while time.monotonic() < until:
            visit = dice.choice(visits)
            started = time.perf_counter()
            await socket.send(_asking(visit))
            try:
                trouble = await asyncio.wait_for(_drawn(socket), PATIENCE)
            except TimeoutError:
                trouble = f"nothing for {PATIENCE} s"
            found.milliseconds.append(1000 * (time.perf_counter() - started))
            if trouble:
                found.errors.append(f"{visit.page}: {trouble}")
            await asyncio.sleep(dice.uniform(thought / 2, 1.5 * thought))


def _asking(visit: Visit) -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = urlencode(visit.query)
    message.rerun_script.page_name = visit.page
    return message.SerializeToString()


async def _drawn(socket: websockets.ClientConnection) -> str:
    """Wait until a page is drawn; give what went wrong with it, or ""."""
    trouble = ""
    while True:
        message = ForwardMsg()
        message.ParseFromString(await socket.recv())
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
            trouble = message.delta.new_element.exception.message
        elif kind == "page_not_found":
            trouble = "there is no such page"
        is_last = message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        if kind == "script_finished" and is_last:
            return trouble
