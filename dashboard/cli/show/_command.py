"""What every command of `safecity show` has in common: a database to read, and JSON to print."""

from __future__ import annotations

import inspect
import json
import sys
from types import FunctionType
from typing import get_type_hints

import typer

from dashboard.analysis.as_json import as_json
from dashboard.analysis.picture import NoFiguresError, UnknownChoiceError
from dashboard.store.warehouse import NothingPublishedError, Warehouse
from etl.command_options import DEFAULT_DATA_DIR, DataDirOption, ExitCode, JsonOption, QuietOption
from etl.datadir import DataDir

app = typer.Typer(help="Print any metric as JSON.", no_args_is_help=True)

_COMMON = (("data_dir", DataDirOption, DEFAULT_DATA_DIR), ("json_too", JsonOption, True),
           ("quiet", QuietOption, False))  # fmt: skip


def shown(answer: FunctionType) -> FunctionType:
    """Make a function of a warehouse a command of the same name, which prints what it returns.

    Args:
        answer: Takes the open warehouse first; its other parameters are the command's options, to
            which --data-dir, --json and --quiet are added. Returns what `as_json` understands.

    Returns:
        The function itself.
    """

    def printed(data_dir: DataDirOption, json_too: bool, quiet: bool, **options: object) -> None:
        del json_too, quiet
        try:
            with Warehouse(DataDir(data_dir)) as warehouse:
                result = as_json(answer(warehouse, **options))
        except (UnknownChoiceError, ValueError) as error:
            _fail(error, ExitCode.USAGE)
        except (NoFiguresError, NothingPublishedError) as error:
            _fail(error, ExitCode.NOTHING_TO_SHOW)
        sys.stdout.write(json.dumps(result, indent=2, default=str, allow_nan=False) + "\n")

    vars(printed)["__signature__"] = _signature(answer)
    app.command(answer.__name__.replace("_", "-"), help=answer.__doc__)(printed)
    return answer


def _signature(answer: FunctionType) -> inspect.Signature:
    """Return the parameters of an answer, its options first, as the command line takes them."""
    kind = inspect.Parameter.KEYWORD_ONLY
    hints = get_type_hints(answer, include_extras=True)
    own = list(inspect.signature(answer).parameters.values())[1:]
    options = [each.replace(annotation=hints[each.name], kind=kind) for each in own]
    common = [
        inspect.Parameter(name, kind, annotation=annotation, default=default)
        for name, annotation, default in _COMMON
    ]
    return inspect.Signature([*options, *common])


def _fail(error: Exception, code: ExitCode) -> None:
    sys.stderr.write(f"{error}\n")
    raise typer.Exit(code) from None
