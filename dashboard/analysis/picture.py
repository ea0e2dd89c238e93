"""What is known of one area under one plan: the frames that every answer starts from."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from dashboard.metrics.windows import SPAN_MONTHS
from dashboard.store.warehouse import Warehouse


class UnknownChoiceError(Exception):
    """Something was asked for that is not there; the message says what comes nearest."""

    def __init__(self, what: str, choice: str, known: Iterable[str]) -> None:
        """Name the choice and what there is instead.

        Args:
            what: What was chosen, such as "indicator".
            choice: What was asked for.
            known: All that could have been.
        """
        names = list(known)
        near = difflib.get_close_matches(choice, names, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {len(names)} to choose from"
        super().__init__(f"no {what} {choice!r}: {hint}")


class NoFiguresError(Exception):
    """There are no figures to answer from; the message says for what."""


#: Months are chosen among the most frequent figures there are: a survey does not set the clock
#: while crimes are counted monthly.
_KINDS_BY_FREQUENCY = (("month", "quarter"), ("rolling_year", "year"), ("survey_wave",))


def _last_months(parts: list[pd.DataFrame], kinds: tuple[str, ...]) -> pd.PeriodIndex:
    """Return the last month of every period of these kinds that has a value, once, in order."""
    ordinals: set[int] = set()
    for part in parts:
        chosen = part[part["period_kind"].isin(kinds) & part["value"].notna()]
        starts = pd.PeriodIndex(pd.to_datetime(chosen["period_start"]), freq="M")
        spans = chosen["period_kind"].map(SPAN_MONTHS).fillna(1).astype(int)
        ordinals |= set((starts.asi8 + spans.to_numpy() - 1).tolist())
    return pd.PeriodIndex.from_ordinals(sorted(ordinals), freq="M")


def names_of_areas(warehouse: Warehouse, codes: Iterable[str] = ()) -> dict[str, str]:
    """Return the names of all areas with figures by code; of small areas, of those asked for."""
    areas = warehouse.frame("areas")
    names = dict(zip(areas["area_code"], areas["area_name"], strict=True))
    small = [code for code in codes if code not in names]
    if small:
        more = warehouse.frame("areas_named", areas=small)
        names |= dict(zip(more["area_code"], more["area_name"], strict=True))
    return names


@dataclass(frozen=True)
class Picture:
    """One area, seen under one plan.

    Attributes:
        warehouse: Where everything is read.
        plan_id: The plan, or "" for an area that has none.
        area_code: The area, or "" when the plan's document does not name it.
        area_name: Its name, or "area not given".
    """

    warehouse: Warehouse
    plan_id: str
    area_code: str
    area_name: str

    @classmethod
    def of(cls, warehouse: Warehouse, plan: str = "", area: str = "") -> Picture:
        """Return the picture of an area under a plan.

        Args:
            warehouse: A published database.
            plan: A plan id; "" for the plan of the area, or for the first plan.
            area: An area code; "" for the plan's own.

        Raises:
            UnknownChoiceError: There is no such plan or area.
        """
        plans = warehouse.frame("plans").set_index("plan_id")
        if plan and plan not in plans.index:
            raise UnknownChoiceError("plan", plan, plans.index)
        names = names_of_areas(warehouse, [area] if area else [])
        if area and area not in names:
            raise UnknownChoiceError("area", area, names)
        if not plan and area:
            plan = next(iter(plans.index[plans["area_code"] == area]), "")
        elif not plan:
            plan = next(iter(plans.index), "")
        area = area or (str(plans.loc[plan, "area_code"]) if plan else "")
        return cls(warehouse, plan, area, str(names.get(area, "area not given")))

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """Every indicator, by id."""
        return self.warehouse.frame("indicators").set_index("indicator_id", drop=False)

    @cached_property
    def targets(self) -> pd.DataFrame:
        """Targets of the plan, when it is this area's, in its own order."""
        targets = self.warehouse.frame("targets", plan=self.plan_id)
        return targets if self.is_plans_own_area else targets.iloc[:0]

    @cached_property
    def notes(self) -> pd.DataFrame:
        """Data notes of the plan."""
        return self.warehouse.frame("notes", plan=self.plan_id)

    @cached_property
    def held_periods(self) -> pd.DataFrame:
        """Periods of the area's indicators in which a figure is held as a suspected gap."""
        return self.warehouse.frame("held_periods", area=self.area_code)

    @cached_property
    def plan(self) -> pd.Series:
        """What is known of the plan: title, period, document; there must be one."""
        return self.warehouse.frame("plans").set_index("plan_id").loc[self.plan_id]

    @cached_property
    def is_plans_own_area(self) -> bool:
        """Whether the area is the one that the plan is for."""
        return bool(self.plan_id) and str(self.plan["area_code"]) == self.area_code

    @cached_property
    def _all_series(self) -> dict[str, pd.DataFrame]:
        frame = self.warehouse.frame("series_of_area", area=self.area_code)
        return {str(name): part for name, part in frame.groupby("indicator_id", sort=False)}

    @cached_property
    def kept(self) -> dict[tuple, Any]:
        """What answers keep of this picture; see `dashboard.analysis.kept`."""
        return {}

    @cached_property
    def _indicator_rows(self) -> dict[str, pd.Series]:
        return {str(name): row for name, row in self.indicators.iterrows()}

    def indicator(self, indicator_id: str) -> pd.Series:
        """Return what is known of an indicator.

        Raises:
            UnknownChoiceError: There is no such indicator.
        """
        if indicator_id not in self._indicator_rows:
            raise UnknownChoiceError("indicator", indicator_id, self.indicators.index)
        return self._indicator_rows[indicator_id]

    def series(self, indicator_id: str) -> pd.DataFrame:
        """Return the figures of an indicator in this area; empty when there are none."""
        found = self._all_series.get(indicator_id)
        if found is not None:
            return found
        self.indicator(indicator_id)
        return self.warehouse.frame("series", indicator=indicator_id, area="")

    @cached_property
    def is_illustrative(self) -> bool:
        """Whether any figure of the area is made up."""
        return any(bool(series["illustrative"].any()) for series in self._all_series.values())

    def indicators_with_figures(self, *, offences_too: bool = False) -> list[str]:
        """Return the ids of the indicators that the area has complete figures of.

        Args:
            offences_too: Also of single offences, which no catalogue has and no meeting looks at.
        """
        named = self._is_catalogued
        return [name for name in self._with_figures if offences_too or named[name]]

    @cached_property
    def _with_figures(self) -> list[str]:
        return [name for name, part in self._all_series.items() if part["value"].notna().any()]

    @cached_property
    def _is_catalogued(self) -> dict[str, bool]:
        return self.indicators["catalogued"].to_dict()

    def latest_month(self, indicator_id: str = "") -> pd.Period:
        """Return the last month for which there are figures: the default of "as at".

        Args:
            indicator_id: Of this indicator only; "" for the latest of all that are counted
                (surveys and yearly figures do not move it while anything is counted more often).

        Raises:
            NoFiguresError: There are none.
        """
        parts = [self.series(indicator_id)] if indicator_id else list(self._all_series.values())
        for kinds in _KINDS_BY_FREQUENCY:
            months = _last_months(parts, kinds)
            if len(months):
                return months[-1]
        what = f"for {indicator_id} " if indicator_id else ""
        raise NoFiguresError(f"no figures {what}in {self.area_name}: load some, then build")

    def months_with_figures(self) -> list[pd.Period]:
        """Return every month that figures run up to, in order: what "as at" can be."""
        return list(self._months)

    @cached_property
    def _months(self) -> list[pd.Period]:
        series = list(self._all_series.values())
        for kinds in _KINDS_BY_FREQUENCY:
            months = _last_months(series, kinds)
            if len(months):
                return list(months)
        return []

    def notes_on(self, indicator_id: str) -> pd.DataFrame:
        """Return the notes that bear on an indicator of the plan's own area."""
        if not self.is_plans_own_area:
            return self.notes.iloc[:0]
        return self.notes[self.notes["indicator_id"].isin(["", indicator_id])]

    def breaks_on(self, indicator_id: str) -> pd.DataFrame:
        """Return the breaks in an indicator's series: the plan's notes, and those people confirmed.

        Returns:
            indicator_id, area_code, period (as written), effect ("break"), statement, decided_by
            and decided_at ("" for the plan's); a period that is blank says of none where it begins.
        """
        noted = self.notes_on(indicator_id)
        noted = noted[noted["effect"].eq("break")].assign(decided_by="", decided_at="")
        confirmed = self._confirmed_breaks
        confirmed = confirmed[confirmed["indicator_id"].eq(indicator_id)]
        return pd.concat([noted[list(confirmed.columns)], confirmed], ignore_index=True)

    def effects_on(self, indicator_id: str) -> list[tuple[str, str]]:
        """Return period and effect of each note and confirmed break that bears on an indicator."""
        return [*self._effects.get("", []), *self._effects.get(indicator_id, [])]

    def own_effects(self, indicator_id: str) -> list[str]:
        """Return the effects of the plan's notes, and confirmed breaks, on this very indicator."""
        return [effect for _, effect in self._effects.get(indicator_id, [])]

    @cached_property
    def _effects(self) -> dict[str, list[tuple[str, str]]]:
        notes = self.notes if self.is_plans_own_area else self.notes.iloc[:0]
        found: dict[str, list[tuple[str, str]]] = {}
        for frame in (notes, self._confirmed_breaks):
            rows = zip(frame["indicator_id"], frame["period"], frame["effect"], strict=True)
            for indicator, period, effect in rows:
                text = period if isinstance(period, str) else ""
                found.setdefault(str(indicator), []).append((text, str(effect)))
        return found

    @cached_property
    def _confirmed_breaks(self) -> pd.DataFrame:
        return self.warehouse.frame("breaks", area=self.area_code)
