"""What is asked first of a type: the finding in a few words, and four numbers."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.change import ChangeAnswer, change
from dashboard.analysis.rows import rows_of
from dashboard.charts.wording import number_text
from dashboard.pages.crime_types.choices import Chosen
from dashboard.ui.big_number import BigNumber
from dashboard.ui.first_numbers import latest_number, place_number
from dashboard.words.change import beyond_chance
from dashboard.words.crime_types import CrimeType, type_moved
from dashboard.words.levels import lowered, two_levels
from dashboard.words.reasons import reason_in_words
from dashboard.words.verdict import chance_in_figures


def title(chosen: Chosen) -> str:
    """Return what happened to the type: "All crime fell 12%; dwelling burglary rose most (+137)".

    Of a type without parts it says whether that was more than chance.
    """
    if not chosen.indicator:
        return f"Nothing is counted in {chosen.view.area_name}"
    is_whole = chosen.view.area_code == chosen.whole.area_code
    where = "" if is_whole else f" in {chosen.view.area_name}"
    (own,) = rows_of(chosen.types[chosen.types["indicator_id"].eq(chosen.indicator)], CrimeType)
    if own.change is None:
        return f"{own.title}{where} is not compared: {reason_in_words(own.not_comparable)}"
    most = moved_most(chosen.types, chosen.indicator)
    clause = f"; {most}" if most else f": {beyond_chance(change_of(chosen).change)}"
    return f"{type_moved(own)}{where}{clause.removesuffix(': ')}"


def moved_most(types: pd.DataFrame, whole: str) -> str:
    """Return the part of a whole that rose most, or else fell most; "" where none moved.

    Args:
        types: As `dashboard.analysis.crime_types.crime_types` gives, of one period.
        whole: One of them.
    """
    parts = types[types["part_of"].eq(whole) & types["catalogued"].astype(bool)]
    changes = pd.to_numeric(parts["change"]).dropna()
    if not changes.any():
        return ""
    is_rise = changes.max() > 0
    row = parts.loc[changes.idxmax() if is_rise else changes.idxmin()]
    size = number_text(row["change"], "change")
    return f"{lowered(row['title'])} {'rose' if is_rise else 'fell'} most ({size})"


def big_numbers(chosen: Chosen) -> list[BigNumber]:
    """Return the latest figure, what chance has to do with its change, the rate and the place."""
    found = change_of(chosen)
    place = place_number(chosen.view, chosen.indicator, chosen.basis)
    numbers = [latest_number(chosen.view, found), _by_chance(found), _rate(found), place]
    return [each for each in numbers if each is not None]


def change_of(chosen: Chosen) -> ChangeAnswer:
    """Return the change of the type, tested against chance."""
    return change(chosen.view, chosen.indicator, chosen.basis)


def _by_chance(found: ChangeAnswer) -> BigNumber | None:
    tested = found.change.significance
    if tested is None or tested.p_value is None:
        return None
    value = chance_in_figures(tested.p_value)
    return BigNumber("By chance", value, beyond_chance(found.change))


def _rate(found: ChangeAnswer) -> BigNumber | None:
    rate = found.rate
    if rate is None or rate.current is None or rate.previous is None:
        return None
    now, before = two_levels(rate.current, rate.previous, "rate")
    return BigNumber("Per 1,000", now, f"was {before}")
