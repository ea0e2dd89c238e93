"""The command `safecity config`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from etl.command_options import DEFAULT_DATA_DIR, DataDirOption, JsonOption, QuietOption
from etl.console import Speaker
from etl.datadir import DataDir
from etl.partnerships import partnership_named
from etl.settings import choose_own_partnership, own_partnership


def config(
    setting: Annotated[
        Literal["partnership"],
        typer.Argument(help="partnership: the one that pages and answers begin with."),
    ],
    value: Annotated[
        str | None, typer.Argument(help="Its code or name; left out, what is set is said.")
    ] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Begin with the worked example.")] = False,
    data_dir: DataDirOption = DEFAULT_DATA_DIR,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Settle what this installation begins with, or say what is settled."""
    speaker = Speaker(as_json=as_json, quiet=quiet)
    data = DataDir(data_dir)
    name = ""
    if clear:
        choose_own_partnership(data.root, "")
    elif value:
        code, name = partnership_named(data, value)
        choose_own_partnership(data.root, code)
    code = own_partnership(data.root)
    speaker.say(
        f"The {setting} is {' '.join(filter(None, [code, name]))}: every page begins with it."
        if code
        else f"No {setting} is set: pages begin with the worked example. "
        "Set it: safecity config partnership E22000118"
    )
    speaker.result({setting: code})
