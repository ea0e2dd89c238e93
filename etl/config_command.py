"""The command `safecity config`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from etl.command_options import DEFAULT_DATA_DIR, DataDirOption, JsonOption, QuietOption
from etl.console import Speaker
from etl.datadir import DataDir
from etl.partnerships import partnership_named
from etl.settings import (
    SMALL_COUNTS,
    choose_own_partnership,
    choose_small_counts,
    own_partnership,
    partnerships_shown_in_full,
)


def config(
    setting: Annotated[
        Literal["partnership", "small_counts"],
        typer.Argument(
            help="partnership: the one that pages and answers begin with. small_counts: the one "
            "whose own small counts are shown to all who read here, off unless all of them may."
        ),
    ],
    value: Annotated[
        str | None, typer.Argument(help="Its code or name; left out, what is set is said.")
    ] = None,
    clear: Annotated[
        bool, typer.Option("--clear", help="Begin with the worked example; show no small counts.")
    ] = False,
    data_dir: DataDirOption = DEFAULT_DATA_DIR,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Settle what this installation begins with and may show, or say what is settled."""
    speaker = Speaker(as_json=as_json, quiet=quiet)
    data = DataDir(data_dir)
    choose = choose_small_counts if setting == SMALL_COUNTS else choose_own_partnership
    name = ""
    if clear:
        choose(data.root, "")
    elif value:
        code, name = partnership_named(data, value)
        choose(data.root, code)
    shown = partnerships_shown_in_full(data.root)
    code = "".join(shown) if setting == SMALL_COUNTS else own_partnership(data.root)
    said = _small_counts_said if setting == SMALL_COUNTS else _partnership_said
    speaker.say(said(" ".join(filter(None, [code, name]))))
    speaker.result({setting: code})


def _partnership_said(named: str) -> str:
    if named:
        return f"The partnership is {named}: every page begins with it."
    return (
        "No partnership is set: pages begin with the worked example. "
        "Set it: safecity config partnership E22000118"
    )


def _small_counts_said(named: str) -> str:
    if named:
        return (
            f"Small counts of {named} are shown from the next build on, marked as restricted: "
            "everybody who reads this installation must be entitled to them."
        )
    return (
        "From the next build on no small counts are shown but those that their publisher releases."
    )
