"""The command `safecity`: each of its commands is imported when it is asked for.

A question (`safecity show`) need not wait for what reads, builds and publishes.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from etl.priority import give_way

COMMANDS = {
    "add": "etl.cli:add",
    "fetch": "etl.fetch_command:fetch",
    "build": "etl.cli:build",
    "status": "etl.cli:status",
    "config": "etl.config_command:config",
    "template": "etl.template_command:template",
    "rule": "etl.rule_command:rule",
    "break": "etl.break_command:break_",
    "except": "etl.except_command:except_",
    "check": "dashboard.cli.check:check",
    "refresh": "dashboard.cli.refresh:refresh",
    "serve": "dashboard.cli.serve:serve",
    "show": "dashboard.cli.show:app",
}
"""Where each command stands: a module, and its function or group of commands."""


class Commands(TyperGroup):
    """The group of `COMMANDS`, each imported when it is taken."""

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401 - what typer hands over
        super().__init__(**attributes)
        # By these names it lists commands, and says which is nearest to one that is not there.
        self.commands = dict.fromkeys(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401 - typer's own, not public
        """Return the command of a name; None where there is none."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        found = getattr(importlib.import_module(module), attribute)
        holder = typer.Typer()
        if isinstance(found, typer.Typer):
            holder.add_typer(found, name=cmd_name)
        else:
            from etl.cli import reports_problems  # noqa: PLC0415 (a question needs none of it)

            holder.command(cmd_name)(reports_problems(found))
        return get_group(holder).commands[cmd_name]


app = typer.Typer(
    name="safecity", cls=Commands, no_args_is_help=True, pretty_exceptions_show_locals=False
)


@app.callback()
def safecity() -> None:
    """The performance dashboard of a Community Safety Partnership."""


GIVE_WAY = ("add", "build", "fetch", "refresh")
"""Commands that may run while others read pages."""


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] and sys.argv[1] in GIVE_WAY:
        give_way()
    app()
