"""The command `safecity`: each of its commands is imported when it is asked for.

A question (`safecity show`) need not wait for what reads, builds and publishes.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

COMMANDS = {
    "add": "etl.cli:add",
    "fetch": "etl.fetch_command:fetch",
    "build": "etl.cli:build",
    "status": "etl.cli:status",
    "config": "etl.config_command:config",
    "template": "etl.template_command:template",
    "rule": "etl.rule_command:rule",
    "break": "etl.break_command:break_",
    "check": "dashboard.cli.check:check",
    "serve": "dashboard.cli.serve:serve",
    "show": "dashboard.cli.show:app",
}
"""Where each command stands: a module, and its function or group of commands."""


class OnDemand(Mapping[str, Any]):
    """Commands by name, each imported when it is taken."""

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - typer has no public type of a command
        """Return a command."""
        module, _, attribute = COMMANDS[name].partition(":")
        found = getattr(importlib.import_module(module), attribute)
        holder = typer.Typer()
        if isinstance(found, typer.Typer):
            holder.add_typer(found, name=name)
        else:
            from etl.cli import reports_problems  # noqa: PLC0415 (a question needs none of it)

            holder.command(name)(reports_problems(found))
        return get_group(holder).commands[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names in the order of the help."""
        return iter(COMMANDS)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(COMMANDS)


class Commands(TyperGroup):
    """The group that takes its commands from `COMMANDS`."""

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401 - what typer hands over
        super().__init__(**attributes)
        self.commands = OnDemand()


app = typer.Typer(
    name="safecity", cls=Commands, no_args_is_help=True, pretty_exceptions_show_locals=False
)


@app.callback()
def safecity() -> None:
    """The performance dashboard of a Community Safety Partnership."""


def main() -> None:
    """Run the command line."""
    app()
