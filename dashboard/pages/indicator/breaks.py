"""The form in which a person confirms a break in a series, or takes one back, with a reason."""

from __future__ import annotations

import functools
from typing import Literal, NamedTuple

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.control import ControlAnswer
from dashboard.analysis.rows import records_of
from dashboard.intake.background_work import Work
from dashboard.intake.loading import decide_break
from dashboard.metrics.periods import month_label, parse_month
from dashboard.store.builds import data_dir, take_up_published
from dashboard.ui.waiting import Refusal, settled
from dashboard.ui.writer import ask_name

WORK, DECIDED = "break_work", "break_decided"
LONGEST = 300
"""Letters of a reason."""
MISSING = "Choose a break, and give a reason and your name."
NOT_FOLLOWED = Refusal(
    busy="Not recorded: {reason}.",
    why="The figures could not be put together anew, and the pages show what they showed:",
    caption="What is wrong",
)


class BreakToDecide(NamedTuple):
    """One decision that can be taken.

    Attributes:
        decision: confirmed or withdrawn.
        month: First month of the new series, "2009-04".
        area: The area that it is for; "" for all.
        text: What it is, for a list to choose from.
    """

    decision: Literal["confirmed", "withdrawn"]
    month: str
    area: str
    text: str


def breaks_to_decide(answer: ControlAnswer) -> list[BreakToDecide]:
    """Return what can be decided: breaks to withdraw, those that the figures suggest, the rest.

    Of the plan's own breaks none can be withdrawn here: they are in its notes.
    """
    applied = [each for each in records_of(answer.breaks) if each.month]
    decided = [
        _withdrawal(each.month, each.area_code, each.decided_by, answer)
        for each in applied
        if each.decided_by
    ]
    taken = {each.month for each in applied}
    suggested = [str(month)[:7] for month in answer.suggested["month"]]
    months = [str(month)[:7] for month in answer.points["month"]][1:]
    first = [_confirmation(month, answer, "the figures suggest it") for month in suggested]
    rest = [
        _confirmation(month, answer, "") for month in reversed(months) if month not in suggested
    ]
    return [*decided, *(each for each in [*first, *rest] if each.month not in taken)]


def _withdrawal(month: str, area: str, decided_by: str, answer: ControlAnswer) -> BreakToDecide:
    where = answer.area_name if area else "all areas"
    text = f"Withdraw the break from {_month(month)}, {where}, confirmed by {decided_by}"
    return BreakToDecide("withdrawn", month[:7], area, text)


def _confirmation(month: str, answer: ControlAnswer, why: str) -> BreakToDecide:
    text = f"New series from {_month(month)}{f': {why}' if why else ''}"
    return BreakToDecide("confirmed", month, answer.area, text)


def _month(month: str) -> str:
    return month_label(parse_month(month[:7]))


def break_form(view: AreaView, answer: ControlAnswer) -> None:
    """Ask whether the series breaks; nothing is offered while the page shows a plan's history."""
    found = breaks_to_decide(answer)
    if not found:
        return
    with st.popover("Confirm or withdraw a break", icon=":material/vertical_split:"):
        st.markdown(
            "A break says that figures before and after do not compare, such as when the way of "
            "recording changed. New limits begin there, changes across it are not calculated, and "
            "your reason and name stand beside it."
        )
        with st.form(f"break_{answer.indicator}", border=False):
            _fields(view, found, answer)


def _fields(view: AreaView, found: list[BreakToDecide], answer: ControlAnswer) -> None:
    chosen = st.selectbox(
        "Break",
        range(len(found)),
        format_func=lambda number: found[number].text,
        index=None,
        placeholder="Choose a break",
        key=f"break_which_{answer.indicator}",
        filter_mode="contains",
    )
    everywhere = st.checkbox(
        f"In all areas, not only {view.area_name}", key=f"break_all_{answer.indicator}"
    )
    reason = st.text_input("Reason", max_chars=LONGEST, key=f"break_reason_{answer.indicator}")
    name = ask_name("loaded_by")
    if not st.form_submit_button("Record", icon=":material/gavel:"):
        return
    if chosen is None or not reason.strip() or not name.strip():
        st.warning(MISSING, icon=":material/edit:")
        return
    _begin(answer.indicator, found[chosen], everywhere, reason, name.strip())


def _begin(indicator: str, chosen: BreakToDecide, everywhere: bool, reason: str, name: str) -> None:
    is_new = chosen.decision == "confirmed"
    st.session_state[WORK] = Work(
        functools.partial(
            _decide,
            indicator=indicator,
            area="" if is_new and everywhere else chosen.area,
            begins=chosen.month,
            decision=chosen.decision,
            reason=reason,
            decided_by=name,
        )
    )
    outcome()


def _decide(progress, **decided) -> str:  # noqa: ANN001, ANN003
    recorded = decide_break(data_dir(), progress=progress, **decided)
    return recorded.decision


def outcome() -> None:
    """Wait for a decision that is being followed, and say how the last one ended."""
    work = st.session_state.get(WORK)
    if work is not None:
        _settle(work)
    if decision := st.session_state.pop(DECIDED, ""):
        st.success(
            f"The break is {decision}, and every page follows it.", icon=":material/check_circle:"
        )


def _settle(work: Work[str]) -> None:
    decision = settled(work, NOT_FOLLOWED)
    st.session_state.pop(WORK, None)
    if decision is not None:
        st.session_state[DECIDED] = decision
        take_up_published()
        st.rerun()
