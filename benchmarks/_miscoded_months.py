"""Months with miscoded crime types: how many that are put in are found, how many others are held.

Crime types of single force-months of real figures are mixed up, one month of every tenth force at
a time (a fixed seed): a share of each type's count is moved into violence and weapons, or every
type gets the count of the next one. Beside the other forces and, harder, of each force alone.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from etl.gaps.composition import distances, miscoded_months

SEED = 20200401
ONE_IN = 10
ROUNDS = 40
#: Shares of every other type that are moved into `SWOLLEN`; None gives each type the next one's.
MOVED: list[float | None] = [0.2, 0.3, 0.4, 0.5, None]
SWOLLEN = ("Violence and sexual offences", "Possession of weapons")
MONTH = ["force_code", "period_start"]


def study(named: dict[str, pd.DataFrame]) -> list[dict[str, object]]:
    """Return what is held of figures that nobody touched, and of those that were mixed up.

    Args:
        named: Counts of crime types as `etl.gaps.suspected_gaps` takes them, by what they are
            called; types are mixed up in the first.
    """
    rows = [_untouched(name, counts) for name, counts in named.items()]
    name, counts = next(iter(named.items()))
    chance = np.random.default_rng(SEED)
    for moved in MOVED:
        done = "each type as the next" if moved is None else f"{moved:.0%} moved"
        rounds = [_once(counts, chance, moved) for _ in range(ROUNDS)]
        together = np.array([each for each, _ in rounds]).sum(axis=0)
        alone = np.array([each for _, each in rounds]).sum(axis=0)
        rows.append(_row(name, f"miscoded, {done}", "beside other forces", *together[:2]))
        rows.append(_row(name, f"miscoded, {done}: false alarms", "all", *together[2:]))
        rows.append(_row(name, f"miscoded, {done}", "one force alone", *alone[:2]))
    return rows


def _untouched(name: str, counts: pd.DataFrame) -> dict[str, object]:
    far = distances(counts)
    held = len(miscoded_months(counts))
    largest = f"distance of at most {far['distance'].max():.2f}"
    return _row(name, "miscoded, nothing touched", largest, len(far), held)


def _once(
    counts: pd.DataFrame, chance: np.random.Generator, moved: float | None
) -> tuple[tuple[int, int, int, int], tuple[int, int]]:
    """Return months put in and found, others and held; and put in and found of forces alone."""
    months = distances(counts)[MONTH]
    forces = months["force_code"].unique()
    chosen = chance.choice(forces, max(1, len(forces) // ONE_IN), replace=False)
    draw = months[months["force_code"].isin(chosen)].sample(frac=1, random_state=chance)
    put_in = draw.drop_duplicates("force_code")
    damaged = _miscoded(counts, put_in, moved)
    found = _hits(miscoded_months(damaged), put_in)
    others = len(miscoded_months(damaged)) - found
    alone = sum(
        _hits(miscoded_months(damaged[damaged["force_code"].eq(force)]), put_in) for force in chosen
    )
    number = len(put_in)
    return (number, found, len(months) - number, others), (number, alone)


def _hits(found: pd.DataFrame, put_in: pd.DataFrame) -> int:
    return len(found.merge(put_in, on=MONTH))


def _miscoded(counts: pd.DataFrame, months: pd.DataFrame, moved: float | None) -> pd.DataFrame:
    """Return the counts with the types of some force-months mixed up, area by area."""
    marked = counts.merge(months.assign(touched=True), on=MONTH, how="left")
    touched = marked["touched"].notna()
    by = [each for each in counts.columns if each not in ("measure_code", "value")]
    wide = marked[touched].pivot_table(
        index=by, columns="measure_code", values="value", aggfunc="sum", fill_value=0
    )
    if moved is None:
        mixed = pd.DataFrame(np.roll(wide, 1, axis=1), index=wide.index, columns=wide.columns)
    else:
        swollen = [each for each in wide if str(each).partition(":")[2] in SWOLLEN]
        others = [each for each in wide if each not in swollen]
        gone = (wide[others] * moved).round()
        mixed = wide.copy()
        mixed[others] -= gone
        mixed[swollen] = mixed[swollen].add(gone.sum(axis=1) / len(swollen), axis=0)
    long = mixed.melt(ignore_index=False, value_name="value").reset_index()
    return pd.concat([marked.loc[~touched, counts.columns], long], ignore_index=True)


def _row(data: str, damage: str, size: str, places: int, held: int) -> dict[str, object]:
    return {
        "data": data,
        "what was done": damage,
        "usual count": size,
        "figures": int(places),
        "held": int(held),
        "per 1,000": round(1000 * held / places, 2),
    }
