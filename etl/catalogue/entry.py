"""What all entries of the catalogue have in common: strict, immutable, blank where blank."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict


class Entry(BaseModel):
    """One entry of a catalogue file; an unknown field or a wrong type is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def _blank_to_none(value: object) -> object:
    return None if value == "" else value


#: A number that the document may leave out: a blank CSV cell is None.
OptionalNumber = Annotated[float | None, BeforeValidator(_blank_to_none)]
OptionalWholeNumber = Annotated[int | None, BeforeValidator(_blank_to_none)]
