"""The form "Write your first target": asked for, read back, and only then saved."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.analysis.area_view import NO_PLAN, AreaView, view_of
from dashboard.analysis.levels import Baseline, baseline_window, baselines_in
from dashboard.analysis.names import distinct_names
from dashboard.analysis.question import ALL_CRIME
from dashboard.analysis.rows import Indicator, rows_of
from dashboard.charts.wording import NOT_GIVEN
from dashboard.intake.own_plans import plans_to_add_to
from dashboard.pages.getting_started import draft as words
from dashboard.pages.getting_started.draft import Draft
from dashboard.pages.getting_started.saving import form_round, offer_to_save, show_outcome
from dashboard.store.builds import data_dir
from dashboard.store.cache import cached_per_build
from dashboard.store.warehouse import Warehouse
from dashboard.ui.address import asked_for
from dashboard.ui.parts import plain
from dashboard.ui.redrawn import redrawn_alone
from dashboard.ui.writer import ask_name

READ = "target_read"
"""What was read back last: saved only while the form still says the same."""
OF_THE_YEAR = "The plan for the year in which it is due"
LONGEST_OWNER = 120
EARLIEST, LATEST = date(1998, 4, 1), date(2099, 12, 31)
"""Partnerships began in 1998."""


@redrawn_alone
def target_form(view: AreaView, area_code: str, area_name: str) -> None:
    """Draw the form for a partnership; a choice redraws only the form."""
    show_outcome()
    with st.container(key="target_form"):
        draft = _ask(view.warehouse, area_code, area_name)
        if st.button("Read it back", key="target_read_back", icon=":material/record_voice_over:"):
            wrong = words.what_is_wrong(draft)
            st.session_state[READ] = None if wrong else draft
            if wrong:
                st.warning(plain(" ".join(wrong)), icon=":material/edit:")
        if st.session_state.get(READ) == draft:
            _read_back(view.warehouse, draft)


def _read_back(warehouse: Warehouse, draft: Draft) -> None:
    """Say what the target says, and offer to save it."""
    about = _about(warehouse, draft.indicator)
    chosen = _baseline(warehouse, draft)
    st.markdown(f"**{plain(words.read_back(draft, about, chosen))}**")
    if warning := words.against_the_grain(draft, about, chosen):
        st.warning(plain(warning), icon=":material/swap_vert:")
    offer_to_save(draft, about, READ)


def _ask(warehouse: Warehouse, code: str, name: str) -> Draft:
    """Draw the fields; gives what they say now."""
    key = f"{code}_{form_round()}"
    plan = _ask_plan(warehouse, code, key)
    names = distinct_names(
        words.indicators_to_target(
            warehouse.cached_frame("indicators"), _with_figures(warehouse, code)
        )
    )
    asked = asked_for("indicator")[-1:]
    first = next((each for each in (*asked, ALL_CRIME) if each in names), next(iter(names)))
    indicator = st.selectbox(
        "Indicator",
        list(names),
        index=list(names).index(first),
        format_func=names.__getitem__,
        key=f"target_indicator_{key}",
        filter_mode="contains",
        help="Those that the partnership has figures of come first.",
    )
    about = _about(warehouse, indicator)
    key = f"{key}_{indicator}"
    left, right = st.columns(2)
    with left:
        way = _ask_way(about, key)
        number = st.number_input(
            words.number_label(way, about), value=None, min_value=0.0, max_value=words.MOST,
            format="%g", key=f"target_number_{way}_{key}",
        )  # fmt: skip
        baseline = _ask_baseline(_baselines(warehouse, code, indicator), about, key)
    with right:
        due = _ask_due(baseline, key)
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


def _ask_plan(warehouse: Warehouse, code: str, key: str) -> str:
    """Ask which plan it goes to, where the partnership has one; the last is the default."""
    titles = plans_to_add_to(data_dir(), warehouse.cached_frame("plans"), code)
    if not titles:
        return ""
    # A plan that repeats a printed document stays what the document says, unless it is chosen.
    begun = [
        each for each in titles if warehouse.cached_frame("published_figures", plan=each).empty
    ]
    options = {**distinct_names(titles), "": OF_THE_YEAR}
    default = list(options).index(begun[-1]) if begun else list(options).index("")
    return st.selectbox(
        "Plan", list(options), index=default, format_func=options.__getitem__,
        key=f"target_plan_{key}",
    )  # fmt: skip


def _ask_way(about: Indicator, key: str) -> str:
    first = words.FALL if about.lower_is_better else words.RISE
    return st.radio(
        "Kind of goal", list(words.WAYS), index=list(words.WAYS).index(first),
        format_func=words.WAYS.__getitem__, key=f"target_way_{key}",
    )  # fmt: skip


def _ask_baseline(baselines: tuple[Baseline, ...], about: Indicator, key: str) -> Baseline | None:
    """Ask for the period that it is measured from; None for not given."""
    found = {each.period: each for each in baselines}
    texts = {period: words.baseline_text(each, about) for period, each in found.items()}
    texts[NOT_GIVEN] = "Not given" if found else f"Not given: {words.NO_FIGURES_YET}"
    chosen = st.selectbox(
        "Baseline", list(texts), format_func=texts.__getitem__, key=f"target_baseline_{key}",
        help="Periods of which every figure is there, with what they amount to.",
    )  # fmt: skip
    return found.get(chosen)


def _ask_due(baseline: Baseline | None, key: str) -> date | None:
    """Ask for the last day that counts: the end of the first financial year after the baseline."""
    known = baseline.period if baseline else NOT_GIVEN
    window = baseline_window(known)
    first = None if window is None else words.first_due(window.last_day)
    return st.date_input(
        "Due: the last day that counts", value=first, min_value=EARLIEST, max_value=LATEST,
        format="DD/MM/YYYY", key=f"target_due_{known}_{key}",
    )  # fmt: skip


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


def _baseline(warehouse: Warehouse, draft: Draft) -> Baseline | None:
    found = (each for each in _baselines(warehouse, draft.area_code, draft.indicator))
    return next((each for each in found if each.period == draft.baseline_period), None)


@cached_per_build
def _about(warehouse: Warehouse, indicator: str) -> Indicator:
    every = warehouse.cached_frame("indicators")
    return rows_of(every[every["indicator_id"].eq(indicator)], Indicator)[0]


@cached_per_build
def _with_figures(warehouse: Warehouse, area: str) -> frozenset[str]:
    own = _known(warehouse, area)
    return frozenset() if own is None else frozenset(own.indicators_with_figures())


@cached_per_build
def _baselines(warehouse: Warehouse, area: str, indicator: str) -> tuple[Baseline, ...]:
    own = _known(warehouse, area)
    return () if own is None else baselines_in(own, indicator)


def _known(warehouse: Warehouse, area: str) -> AreaView | None:
    """Return the partnership with its real figures, which alone a target is measured from."""
    is_known = area in set(warehouse.cached_frame("areas")["area_code"])
    return view_of(warehouse, NO_PLAN, area) if is_known else None
