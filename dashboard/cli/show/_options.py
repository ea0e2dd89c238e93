"""Options that commands of `safecity show` share."""

from __future__ import annotations

from typing import Annotated

import typer

IndicatorOption = Annotated[str, typer.Option("--indicator", help="Indicator id.")]
AreaOption = Annotated[str, typer.Option("--area", help="Area code; the plan's own if left out.")]
AnyAreaOption = Annotated[str, typer.Option("--area", help="Area code; all if left out.")]
PlanOption = Annotated[str, typer.Option("--plan", help="Plan id; the area's if left out.")]
BasisOption = Annotated[str, typer.Option("--basis", help="month, quarter, ytd or rolling_year.")]
AsAtOption = Annotated[str, typer.Option("--as-at", help="Last month that counts: 2009-12.")]
TargetOption = Annotated[
    str, typer.Option("--target", help="Target id; the principal if left out.")
]
GroupOption = Annotated[
    str,
    typer.Option(
        "--group",
        help="Peer group; the newest if left out; own:population,robbery for one of ours.",
    ),
]
EditionOption = Annotated[
    str, typer.Option("--edition", help="Its edition; the newest if left out.")
]
RateBaseOption = Annotated[
    str,
    typer.Option("--rate-base", help="population or households; the indicator's if left out."),
]
