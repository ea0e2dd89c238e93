"""`safecity show`: every question of `dashboard.analysis` as JSON, for scripts and for checking.

A command is made of each question: its options are the question's parameters and those of the view
that it is asked of.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Callable
from typing import Annotated, Any, get_type_hints

import typer
from typer.core import TyperGroup

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.question import all_questions, question_named
from dashboard.store.errors import NoFiguresError, NothingPublishedError, UnknownChoiceError
from dashboard.store.warehouse import Warehouse
from dashboard.words.as_json import as_json
from dashboard.words.reasons import RESTRICTED, reason_in_words
from etl.command_options import DEFAULT_DATA_DIR, DataDirOption, ExitCode, JsonOption, QuietOption
from etl.datadir import DataDir

#: Options of a question about one area.
_OF_A_VIEW = {
    "as_at": "Last month that counts: 2009-12.",
    "area": "Area code; the plan's own if left out.",
    "plan": "Plan id; the area's if left out; none for no plan.",
    "series": "Series: ons_csp:rolling_year; the headline series if left out.",
}
_OF_ALL = (
    ("data_dir", DataDirOption, DEFAULT_DATA_DIR),
    ("json_too", JsonOption, True),
    ("quiet", QuietOption, False),
)
_BY_NAME = inspect.Parameter.KEYWORD_ONLY


class _Questions(TyperGroup):
    """A group with a command for each question, of which only the one that is run is loaded."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401 - typer's own, not public
        """Return the names of all commands."""
        del ctx
        return sorted(each.replace("_", "-") for each in all_questions())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401 - typer's own, not public
        """Return the command of a name; None where there is none."""
        del ctx
        found = question_named(cmd_name.replace("-", "_"))
        return None if found is None else _command(cmd_name, found)


app = typer.Typer(cls=_Questions, help="Print any metric as JSON.", no_args_is_help=True)


@app.callback()
def _show() -> None:
    """Print any metric as JSON."""


def _command(name: str, question: Callable[..., Any]) -> Any:  # noqa: ANN401 - typer's own
    has_view = next(iter(inspect.signature(question).parameters)) == "view"

    def printed(data_dir: DataDirOption, json_too: bool, quiet: bool, **options: object) -> None:
        del json_too, quiet
        try:
            with Warehouse(DataDir(data_dir)) as warehouse:
                of = {each: str(options.pop(each)) for each in _OF_A_VIEW if has_view}
                first = AreaView.of(warehouse, **of) if has_view else warehouse
                if isinstance(first, AreaView) and first.series_asked:
                    _check_series(first, str(options.get("indicator", "")))
                result = as_json(question(first, **options))
                is_restricted = warehouse.shows_small_counts()
        except (UnknownChoiceError, ValueError) as error:
            _fail(error, ExitCode.USAGE)
        except (NoFiguresError, NothingPublishedError) as error:
            _fail(error, ExitCode.NOTHING_TO_SHOW)
        if is_restricted:
            # Beside the answer, whose keys are the same everywhere.
            sys.stderr.write(f"{RESTRICTED}.\n")
        sys.stdout.write(json.dumps(result, indent=2, default=str, allow_nan=False) + "\n")

    vars(printed)["__signature__"] = _signature(question, _OF_A_VIEW if has_view else {})
    alone = typer.Typer(add_completion=False)
    alone.command(name, help=(question.__doc__ or "").partition("\n")[0])(printed)
    return typer.main.get_command(alone)


def _signature(question: Callable[..., Any], of_view: dict[str, str]) -> inspect.Signature:
    """Return the parameters of a question as options of the command line."""
    hints = get_type_hints(question, include_extras=True)
    own = list(inspect.signature(question).parameters.values())[1:]
    options = [
        _option(each.name, hints[each.name], each.default) for each in own if each.kind != _BY_NAME
    ]
    view = [_option(name, Annotated[str, words], "") for name, words in of_view.items()]
    common = [
        inspect.Parameter(name, _BY_NAME, annotation=annotation, default=default)
        for name, annotation, default in _OF_ALL
    ]
    return inspect.Signature([*options, *view, *common])


def _option(name: str, parameter: Any, default: Any) -> inspect.Parameter:  # noqa: ANN401
    """Return a parameter of an annotated type, with its words as help."""
    kind, words = parameter.__origin__, parameter.__metadata__[0]
    option = f"--{name.replace('_', '-')}"
    option = f"{option}/--no-{option[2:]}" if kind is bool else option
    is_needed = default is inspect.Parameter.empty
    asked = typer.Option(... if is_needed else default, option, help=words)
    return inspect.Parameter(name, _BY_NAME, annotation=kind, default=asked)


def _check_series(view: AreaView, indicator: str) -> None:
    """Refuse a series that the indicator, or any of the area's, does not have.

    Raises:
        UnknownChoiceError: It is none.
    """
    every = view.known_series
    chosen = [every.get(indicator, [])] if indicator else every.values()
    known = {each.id for many in chosen for each in many}
    if view.series_asked not in known:
        raise UnknownChoiceError("series", view.series_asked, sorted(known))


def _fail(error: Exception, code: ExitCode) -> None:
    why = getattr(error, "why", None)
    sys.stderr.write(f"{error}{f': {reason_in_words(why)}' if why else ''}\n")
    raise typer.Exit(code) from None
