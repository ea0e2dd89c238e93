"""A plan: the partnership, its groups and priorities, and everything it states."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from etl.catalogue.entry import Entry, OptionalNumber, OptionalWholeNumber
from etl.catalogue.target import Target

Mark = Literal["exact", "approximate", "at_least", "up_to", "not_given", "contradictory"]
Effect = Literal["unreliable", "break", "caution", "context"]


class Partnership(Entry):
    """The body that answers for the plan."""

    name: str
    kind: str = ""
    statutory_basis: str = ""
    members: list[str] = []


class Group(Entry):
    """A board or working group of the partnership."""

    id: str
    name: str
    abbreviation: str = ""
    role: str = ""
    reports_to: str = ""
    paragraph: str = ""


class Priority(Entry):
    """A priority, with its indicators in the order in which a meeting reads them."""

    id: str
    title: str
    paragraph: str = ""
    indicators: list[str] = []


class Statement(Entry):
    """An objective or a cross-cutting area, in few words."""

    id: str = ""
    text: str
    paragraph: str = ""


class PublishedFigure(Entry):
    """One line of `published.csv`: a figure that the document states."""

    id: str
    paragraph: str = Field(min_length=1)
    indicator: str = ""
    measure: str
    period: str = ""
    number: OptionalNumber
    unit: str = ""
    stated: str
    mark: Mark
    contradicts: str = ""
    method: str = ""
    basis: str = ""
    as_at: str = ""
    area_code: str = ""
    relative_to: str = ""
    agree_low: OptionalNumber = None
    agree_high: OptionalNumber = None
    decimals: OptionalWholeNumber = None
    note: str = ""


class DataNote(Entry):
    """One line of `notes.csv`: what must be known of the data, and what follows for verdicts."""

    id: str
    paragraph: str
    indicator: str = ""
    area_code: str = ""
    period: str = ""
    effect: Effect
    statement: str = Field(min_length=1)


class Action(Entry):
    """One line of `actions.csv`: a key action, with its resources."""

    id: str
    section: str
    priority: str = ""
    objective: str = ""
    number: str = ""
    key_action: str
    lead_agency: str = ""
    responsible_group: str = ""
    outcome: str = ""
    measure: str = ""
    timing: str = ""
    resource: str = ""
    within_existing_resource: str = ""
    partner_contributions: str = ""
    estimated_new_costs: str = ""
    funding_source: str = ""
    comments: str = ""
    indicators: str = ""
    note: str = ""


class Peer(Entry):
    """One line of `peers.csv`: a member of the group that an area is compared with."""

    peer_group: str
    edition: str
    of_area_code: str
    area_code: str
    area_name: str
    closeness_rank: OptionalWholeNumber = None
    valid_from: str = ""
    valid_to: str = ""
    source: str = ""


class Plan(Entry):
    """One folder of `data/plans/`; its id is the name of the folder."""

    id: str
    title: str
    period: str
    display_order: int
    area_code: str = ""
    area_name: str = ""
    document: str
    document_status: str = ""
    note: str = ""
    figure_set: Literal["illustrative", "real"] = "real"
    partnership: Partnership
    group: list[Group] = []
    priority: list[Priority] = []
    objective: list[Statement] = []
    cross_cutting_area: list[Statement] = []
    targets: list[Target] = []
    published: list[PublishedFigure] = []
    notes: list[DataNote] = []
    actions: list[Action] = []
    peers: list[Peer] = []
