"""The form "Write your first target": asked for, read back, and only then saved."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.analysis.baselines import Baseline, baselines_in
from dashboard.analysis.names import named_apart
from dashboard.analysis.session import Session
from dashboard.charts.wording import NOT_GIVEN
from dashboard.exhibits import new_target as words
from dashboard.exhibits.new_target import Draft
from dashboard.intake.own_targets import plans_to_add_to
from dashboard.layout.parts import plain
from dashboard.layout.redrawn import redrawn_alone
from dashboard.layout.target_saving import form_round, offer_to_save, show_outcome
from dashboard.layout.writer import ask_name
from dashboard.store.builds import data_dir
from dashboard.store.cache import cached_per_build

READ = "target_read"
"""What was read back last: saved only while the form still says the same."""
OF_THE_YEAR = "The plan for the year in which it is due"
USUAL = "all_crime"
"""The indicator that stands there first."""
LONGEST_OWNER = 120
EARLIEST, LATEST = date(1998, 4, 1), date(2099, 12, 31)
"""Partnerships began in 1998."""


@redrawn_alone
def target_form(session: Session, area_code: str, area_name: str) -> None:
    """Draw the form for a partnership; a choice redraws only the form."""
    show_outcome()
    own = Session(session.warehouse, "", area_code)
    with st.container(border=True, key="target_form"):
        draft = _ask(own, area_code, area_name)
        if st.button("Read it back", key="target_read_back", icon=":material/record_voice_over:"):
            wrong = words.what_is_wrong(draft)
            st.session_state[READ] = None if wrong else draft
            if wrong:
                st.warning(plain(" ".join(wrong)), icon=":material/edit:")
        if st.session_state.get(READ) == draft:
            _read_back(own, draft)


def _read_back(own: Session, draft: Draft) -> None:
    """Say what the target says, and offer to save it."""
    about = _about(own, draft.indicator)
    chosen = _baseline(own, draft)
    st.markdown(f"**{plain(words.read_back(draft, about, chosen))}**")
    if warning := words.against_the_grain(draft, about, chosen):
        st.warning(plain(warning), icon=":material/swap_vert:")
    offer_to_save(draft, about, READ)


def _ask(own: Session, code: str, name: str) -> Draft:
    """Draw the fields; gives what they say now."""
    key = f"{code}_{form_round()}"
    plan = _ask_plan(own, code, key)
    names = named_apart(words.indicators_to_promise(own.frame("indicators"), _with_figures(own)))
    indicator = st.selectbox(
        "Indicator",
        list(names),
        index=list(names).index(USUAL) if USUAL in names else 0,
        format_func=names.__getitem__,
        key=f"target_indicator_{key}",
        filter_mode="contains",
        help="Those that the partnership has figures of come first.",
    )
    about = _about(own, indicator)
    key = f"{key}_{indicator}"
    left, right = st.columns(2)
    with left:
        way = _ask_way(about, key)
        number = st.number_input(
            words.number_label(way, about), value=None, min_value=0.0, max_value=words.MOST,
            format="%g", key=f"target_number_{way}_{key}",
        )  # fmt: skip
        baseline = _ask_baseline(own, indicator, about, key)
    with right:
        due = st.date_input(
            "Due: the last day that counts", value=None, min_value=EARLIEST, max_value=LATEST,
            format="DD/MM/YYYY", key=f"target_due_{key}",
        )  # fmt: skip
        path = _ask_path(baseline, key)
        owner = st.text_input(
            "Owner (may be left out)", max_chars=LONGEST_OWNER, key=f"target_owner_{key}",
            help="Who answers for it. Left out, it is shown as not given.",
        )  # fmt: skip
    return Draft(
        area_code=code, area_name=name, plan=plan, indicator=indicator, way=way, number=number,
        baseline_period=baseline.period if baseline else NOT_GIVEN, due=due, path=path,
        owner=owner.strip(), written_by=ask_name("target_written_by").strip(),
    )  # fmt: skip


def _ask_plan(own: Session, code: str, key: str) -> str:
    """Ask which plan it goes to, where the partnership has one; the last is the default."""
    titles = plans_to_add_to(data_dir(), own.frame("plans"), code)
    if not titles:
        return ""
    # A plan that repeats a printed document stays what the document says, unless it is chosen.
    begun = [each for each in titles if own.frame("published_figures", plan=each).empty]
    options = {**named_apart(titles), "": OF_THE_YEAR}
    default = list(options).index(begun[-1]) if begun else list(options).index("")
    return st.selectbox(
        "Plan", list(options), index=default, format_func=options.__getitem__,
        key=f"target_plan_{key}",
    )  # fmt: skip


def _ask_way(about: pd.Series, key: str) -> str:
    first = words.FALL if about["lower_is_better"] else words.RISE
    return st.radio(
        "Kind of goal", list(words.WAYS), index=list(words.WAYS).index(first),
        format_func=words.WAYS.__getitem__, key=f"target_way_{key}",
    )  # fmt: skip


def _ask_baseline(own: Session, indicator: str, about: pd.Series, key: str) -> Baseline | None:
    """Ask for the period that it is measured from; None for not given."""
    found = {each.period: each for each in _baselines(own, indicator)}
    texts = {period: words.baseline_text(each, about) for period, each in found.items()}
    texts[NOT_GIVEN] = "Not given" if found else f"Not given: {words.NO_FIGURES_YET}"
    chosen = st.selectbox(
        "Baseline", list(texts), format_func=texts.__getitem__, key=f"target_baseline_{key}",
        help="Periods of which every figure is there, with what they amount to.",
    )  # fmt: skip
    return found.get(chosen)


def _ask_path(baseline: Baseline | None, key: str) -> str:
    ways = dict(words.PATHS)
    if baseline is None or not baseline.may_be_seasonal:
        del ways[words.SEASONAL]
    known = baseline.period if baseline else NOT_GIVEN
    return st.selectbox(
        "Path", list(ways), format_func=ways.__getitem__, key=f"target_path_{known}_{key}",
        help="How it is to get from the baseline to the goal. Seasonal is offered for what is "
        "counted every month, where the three years up to the end of the baseline are known.",
    )  # fmt: skip


def _baseline(own: Session, draft: Draft) -> Baseline | None:
    found = (each for each in _baselines(own, draft.indicator))
    return next((each for each in found if each.period == draft.baseline_period), None)


def _about(own: Session, indicator: str) -> pd.Series:
    return own.frame("indicators").set_index("indicator_id", drop=False).loc[indicator]


@cached_per_build
def _with_figures(own: Session) -> frozenset[str]:
    return frozenset(own.picture.indicators_with_figures()) if _is_known(own) else frozenset()


@cached_per_build
def _baselines(own: Session, indicator: str) -> tuple[Baseline, ...]:
    return baselines_in(own.picture, indicator) if _is_known(own) else ()


def _is_known(own: Session) -> bool:
    """Return whether the partnership has figures or a plan."""
    return own.area in set(own.frame("areas")["area_code"])
