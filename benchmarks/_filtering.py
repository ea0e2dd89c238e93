"""A reader who changes filters, as Streamlit's own browser code speaks to the server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

PATIENCE = 60
KEY = "choose_"
"""What the keys of the app's choices begin with; what follows is a parameter of the address."""
FAULT = "Fault "
"""What the app's own line on a failure begins with."""
_MOST_BYTES = 2**26
_PARTS_OF_ID = 3

Path = tuple[int, ...]
Value = str | float


@dataclass(frozen=True)
class Filter:
    """A widget that chooses, as it stands.

    Attributes:
        options: What it can be set to.
        state: What the browser sends of it.
        takes_several: Whether several of the options can stand at once.
        fragment: Which part of the page it redraws; "" for the whole page.
        path: Where it stands on the page.
    """

    options: Sequence[Value]
    state: WidgetState
    takes_several: bool
    fragment: str
    path: Path

    @property
    def standing(self) -> list[Value]:
        """What it is set to; several, one or none."""
        kind = self.state.WhichOneof("value")
        if kind == "string_value":
            return [self.state.string_value]
        several = getattr(self.state, kind).data if kind else ()
        return list(several)

    def set_to(self, value: Value) -> WidgetState:
        """Return what the browser sends of it once it is changed; of several, one more is added."""
        state = WidgetState(id=self.state.id)
        if isinstance(value, float):
            state.double_array_value.data.append(value)
        elif self.takes_several:
            state.string_array_value.data.extend([*self.standing, value])
        elif self.state.WhichOneof("value") == "string_array_value":
            state.string_array_value.data.append(value)
        else:
            state.string_value = value
        return state


@dataclass(frozen=True)
class Drawn:
    """What came of opening a page or of changing a filter.

    Attributes:
        milliseconds: From sending it to the message that says all is drawn.
        parts: Elements and blocks that were sent.
        outside: Those of them that lie outside the fragment of the filter changed.
        error: What went wrong, in words; "" for nothing.
    """

    milliseconds: float
    parts: int
    outside: int
    error: str


class Reader:
    """A browser with one page open; `reading` gives one."""

    def __init__(self, socket: websockets.ClientConnection, page: str) -> None:
        """Begin with nothing open."""
        self.filters: dict[str, Filter] = {}
        self._socket, self._page = socket, page
        self._script = self._query = ""
        self._begins: dict[str, Path] = {}

    async def open(self, query: dict[str, str]) -> Drawn:
        """Open the page anew, with choices in its address."""
        self._query = urlencode(query)
        message = BackMsg()
        message.rerun_script.query_string = self._query
        message.rerun_script.page_name = self._page
        return await self._send(message, "")

    async def change(self, name: str, state: WidgetState) -> Drawn:
        """Change a filter, and send what a browser sends: all widgets, and the fragment it is in.

        Args:
            name: Of the filter.
            state: Of `Filter.set_to`, or the state that it stood at before.
        """
        changed = self.filters[name]
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_script_hash = self._query, self._script
        asked.fragment_id = changed.fragment
        others = (each.state for known, each in self.filters.items() if known != name)
        asked.widget_states.widgets.extend([*others, state])
        return await self._send(message, changed.fragment)

    async def _send(self, message: BackMsg, fragment: str) -> Drawn:
        began = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            met = await self._met()
        milliseconds = 1000 * (time.perf_counter() - began)
        parts = [each for each in met if each.WhichOneof("type") == "delta"]
        within = self._begins.get(fragment, ())
        self.filters = {
            name: each for name, each in self.filters.items() if not _lies_in(each.path, within)
        }
        for each in parts:
            self._note(each)
        outside = sum(not _lies_in(tuple(each.metadata.delta_path), within) for each in parts)
        return Drawn(milliseconds, len(parts), outside if fragment else len(parts), _trouble(parts))

    async def _met(self) -> list[ForwardMsg]:
        """Return the messages of a run, to its last."""
        met = []
        while True:
            message = ForwardMsg()
            message.ParseFromString(await self._socket.recv())
            met.append(message)
            kind = message.WhichOneof("type")
            if kind == "navigation":
                self._script = message.navigation.page_script_hash
            elif kind == "page_info_changed":
                self._query = message.page_info_changed.query_string
            elif kind == "page_not_found":
                raise LookupError(f"there is no page {self._page!r}")
            is_last = message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            if kind == "script_finished" and is_last:
                return met

    def _note(self, message: ForwardMsg) -> None:
        """Remember where a fragment begins, and the filters there are."""
        path, fragment = tuple(message.metadata.delta_path), message.delta.fragment_id
        if message.delta.WhichOneof("type") == "add_block" and fragment:
            begins = self._begins.get(fragment)
            # A fragment stands in a container of its own, which is sent first when the page is
            # opened, and not when the fragment alone is drawn.
            if begins is None or not _lies_in(path, begins):
                self._begins[fragment] = path
            return
        element = message.delta.new_element
        found = _filter_of(element, fragment, path)
        if found is not None:
            self.filters[_key_of(found.state.id)] = found


@asynccontextmanager
async def reading(port: int, page: str) -> AsyncGenerator[Reader]:
    """Give a reader of a page of the app on a port."""
    async with websockets.connect(
        f"ws://localhost:{port}/_stcore/stream", subprotocols=["streamlit"], max_size=_MOST_BYTES
    ) as socket:
        yield Reader(socket, page)


def _filter_of(element: Element, fragment: str, path: Path) -> Filter | None:
    """Return the filter that an element is; None for anything else."""
    kind = element.WhichOneof("type")
    options: Sequence[Value]
    if kind == "selectbox":
        widget = element.selectbox
        options, state = list(widget.options), WidgetState(id=widget.id)
        state.string_value = widget.raw_value
    elif kind == "multiselect":
        widget = element.multiselect
        options, state = list(widget.options), WidgetState(id=widget.id)
        state.string_array_value.data.extend(widget.raw_values)
    elif kind == "button_group":
        widget = element.button_group
        options = [option.content for option in widget.options]
        state = WidgetState(id=widget.id)
        state.string_array_value.data.extend(widget.raw_values)
    elif kind == "slider":
        widget = element.slider
        options = [float(each) for each in range(int(widget.min), int(widget.max) + 1)]
        state = WidgetState(id=widget.id)
        state.double_array_value.data.extend(widget.value if widget.set_value else widget.default)
    else:
        return None
    return Filter(options, state, kind == "multiselect", fragment, path)


def _key_of(widget: str) -> str:
    """Return the parameter of the address that a widget stands for; "$$ID-hash-key" is its id."""
    return widget.split("-", _PARTS_OF_ID - 1)[-1].removeprefix(KEY)


def _lies_in(path: Path, block: Path) -> bool:
    return path[: len(block)] == block


def _trouble(parts: list[ForwardMsg]) -> str:
    for each in parts:
        if each.delta.new_element.WhichOneof("type") == "exception":
            return each.delta.new_element.exception.message
        if each.delta.new_element.code.code_text.startswith(FAULT):
            return each.delta.new_element.code.code_text
    return ""
