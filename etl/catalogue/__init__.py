"""What is measured and what was promised: indicators and plans, parsed and validated."""

from etl.catalogue.indicator import Indicator, Unit
from etl.catalogue.load import Catalogue, load_catalogue
from etl.catalogue.plan import Action, DataNote, Group, Peer, Plan, Priority, PublishedFigure
from etl.catalogue.target import NOT_GIVEN, Goal, Target, TargetKind

__all__ = [
    "NOT_GIVEN",
    "Action",
    "Catalogue",
    "DataNote",
    "Goal",
    "Group",
    "Indicator",
    "Peer",
    "Plan",
    "Priority",
    "PublishedFigure",
    "Target",
    "TargetKind",
    "Unit",
    "load_catalogue",
]
