"""The command `safecity`: the commands of etl, and show and serve."""

from __future__ import annotations

import typer

from dashboard.cli import check, serve, show
from etl import cli as etl_cli

app = typer.Typer(
    name="safecity",
    help="The performance dashboard of a Community Safety Partnership.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
etl_cli.register(app)
app.command("check")(etl_cli.reports_problems(check.check))
app.add_typer(show.app, name="show")
app.command("serve")(etl_cli.reports_problems(serve.serve))


def main() -> None:
    """Run the command line."""
    app()
