"""Many wards at once: nobody who has all figures and sums can work a small count out."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog
from scipy.sparse import lil_array

from etl.disclosure.kinds import same_counts
from etl.disclosure.suppress import protected

SMALL = 5
KINDS = [f"kind {at}" for at in range(8)]
TOTAL, APART = "all", "apart"
#: From common to rare, as crime types are.
SHARES = np.array([0.4, 0.25, 0.15, 0.1, 0.06, 0.02, 0.01, 0.01])
SAMPLED = 14
FREE = 1e5

Key = tuple[str, str, str, int]
"""Kind, area, kind of period, month."""


class Counts:
    """Made-up counts of a force: wards of districts, kinds and their total, months."""

    def __init__(
        self, seed: int, wards: list[int], size: float, months: int = 1, *, quarter: bool = False
    ) -> None:
        random = np.random.default_rng(seed)
        self.value: dict[Key, float] = {}
        self.sums: list[tuple[Key, list[Key]]] = []
        self.parts: list[tuple[str, str]] = []
        self.wards: list[str] = []
        for district, number in enumerate(wards):
            names = [f"ward {district}.{at}" for at in range(number)]
            self.wards += names
            self.parts += [(f"district {district}", name) for name in names]
        self.parts += [("force", f"district {at}") for at in range(len(wards))]
        means = size * random.gamma(1.5, 0.7, len(self.wards))
        for month in range(months):
            for ward, mean in zip(self.wards, means, strict=True):
                drawn = random.poisson(mean * SHARES).tolist()
                for kind, value in zip(KINDS, drawn, strict=True):
                    self.value[kind, ward, "month", month] = value
                self.value[TOTAL, ward, "month", month] = sum(drawn)
                self.value[APART, ward, "month", month] = random.poisson(mean / 3)
        if quarter:
            self._add_up_months(months)
        self._above([f"district {at}" for at in range(len(wards))])
        self._above(["force"])
        for key in list(self.value):
            if key[0] == TOTAL:
                self.sums.append((key, [(kind, *key[1:]) for kind in KINDS]))

    def _add_up_months(self, months: int) -> None:
        for kind, area in sorted({key[:2] for key in self.value}):
            parts = [(kind, area, "month", month) for month in range(months)]
            self.value[kind, area, "quarter", 0] = sum(self.value[part] for part in parts)
            self.sums.append(((kind, area, "quarter", 0), parts))

    def _above(self, areas: list[str]) -> None:
        for area in areas:
            lower = [part for whole, part in self.parts if whole == area]
            for kind, first, *when in [key for key in self.value if key[1] in lower]:
                if first == lower[0]:
                    parts = [(kind, each, *when) for each in lower]
                    self.value[kind, area, *when] = sum(self.value[part] for part in parts)
                    self.sums.append(((kind, area, *when), parts))

    def frames(self) -> tuple[pd.DataFrame, ...]:
        cells = pd.DataFrame(
            list(self.value), columns=["indicator_id", "area_code", "period_kind", "month"]
        )
        is_ward = cells["area_code"].isin(self.wards)
        numbers = pd.Series(list(self.value.values()), dtype="float64")
        start = pd.to_datetime(cells["month"].map(lambda at: f"2024-{at + 1:02}-01"))
        cells = cells.assign(
            period_start=start, aggregation="sum", numerator=numbers,
            threshold=np.where(is_ward, float(SMALL), 0.0),
            is_small=is_ward & numbers.between(1, SMALL - 1), is_small_area=is_ward,
            is_open=False,
        ).drop(columns="month")  # fmt: skip
        parts = pd.DataFrame(self.parts, columns=["parent_code", "area_code"])
        names = [*KINDS, TOTAL, APART]
        part_of = [TOTAL] * len(KINDS) + ["", ""]
        return (
            cells,
            parts.assign(division="lower"),
            pd.DataFrame(columns=["indicator_id", "alternative", "measure_code"], dtype="str"),
            pd.DataFrame({"id": names, "part_of": part_of}),
        )

    def shown(self) -> dict[Key, str]:
        cells, _, text = protected(*self.frames())
        months = cells["period_start"].dt.month - 1
        keys = zip(
            cells["indicator_id"], cells["area_code"], cells["period_kind"], months, strict=True
        )
        return dict(zip(keys, text, strict=True))


def what_a_reader_knows(counts: Counts, shown: dict[Key, str]) -> Iterator[tuple[float, float]]:
    """The least and most of each figure by its words alone.

    Who sees a small area's total suppressed may know that it is no small count.
    """
    for key, value in counts.value.items():
        text = shown[key]
        if text == "":
            yield value, value
        elif text != "suppressed":
            assert text == f"fewer than {SMALL}"
            yield 1, SMALL - 1
        elif key[1] in counts.wards and key[0] in (TOTAL, APART) and value >= SMALL:
            yield (0 if is_blank(counts, shown, key) else SMALL), FREE
        else:
            yield 0, FREE


def is_blank(counts: Counts, shown: dict[Key, str], of: Key) -> bool:
    """Whether totals of the small areas around are suppressed whether they are small or not."""
    kind, ward, *when = of
    whole = {part: whole for whole, part in counts.parts}
    around = [(kind, part, *when) for part in counts.wards if whole[part] == whole[ward]]
    return any(shown[key] == "suppressed" and counts.value[key] < SMALL for key in around)


def assert_not_to_be_had(counts: Counts, shown: dict[Key, str], seed: int) -> None:
    keys = list(counts.value)
    place = {key: at for at, key in enumerate(keys)}
    left = lil_array((len(counts.sums), len(keys)))
    for row, (total, parts) in enumerate(counts.sums):
        left[row, place[total]] = -1
        for part in parts:
            left[row, place[part]] = 1
    left = left.tocsr()
    limits = list(what_a_reader_knows(counts, shown))
    small = [key for key in keys if key[1] in counts.wards and 0 < counts.value[key] < SMALL]
    assert all(shown[key] for key in small)
    # Half of the sample are kinds with the fewest in their district, where there is least room.
    of_ward = {part: whole for whole, part in counts.parts}
    rare = sorted(small, key=lambda key: counts.value[key[0], of_ward[key[1]], *key[2:]])
    random = np.random.default_rng(seed)
    drawn = random.choice(len(small), size=min(SAMPLED, len(small)), replace=False)
    for key in [*rare[:SAMPLED], *(small[at] for at in drawn)]:
        cost = np.zeros(len(keys))
        for direction in (1.0, -1.0):
            cost[place[key]] = direction
            solved = linprog(
                cost, A_eq=left, b_eq=np.zeros(left.shape[0]), bounds=limits, method="highs"
            )
            assert solved.status == 0, solved.message
            end = solved.x[place[key]]
            assert end <= 1 + 1e-6 if direction > 0 else end >= SMALL - 1 - 1e-6, (key, end)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(
    ("wards", "size"),
    [
        ([40, 35], 30.0),
        ([30, 30, 30], 6.0),
        ([60, 1, 2, 25], 40.0),
        ([70], 15.0),
        ([90, 3, 1], 1.5),
    ],
    ids=["usual", "sparse", "a ward alone", "one district", "hardly any"],
)
def test_no_small_count_of_many_wards_is_to_be_had(wards, size, seed):
    counts = Counts(seed, wards, size)
    shown = counts.shown()
    assert_not_to_be_had(counts, shown, seed)


@pytest.mark.parametrize("size", [4.0, 25.0])
def test_nor_of_wards_with_months_and_their_quarter(size):
    counts = Counts(11, [24, 12, 1], size, months=3, quarter=True)
    assert_not_to_be_had(counts, counts.shown(), 11)


def test_the_totals_of_wards_stay_and_their_kinds_go():
    counts = Counts(3, [40, 35], 30.0)
    shown = counts.shown()
    kinds = [shown[key] for key in shown if key[1] in counts.wards and key[0] in KINDS]
    assert set(kinds) == {"suppressed"}
    large = [
        key for key in shown if key[1] in counts.wards and key[0] == TOTAL
        and counts.value[key] >= 2 * SMALL
    ]  # fmt: skip
    assert sum(shown[key] == "" for key in large) > 0.9 * len(large)
    assert all(shown[key] == "" for key in shown if key[1] == "force")


def test_few_small_counts_are_looked_at_one_by_one():
    counts = Counts(5, [4, 3], 30.0)
    shown = counts.shown()
    kinds = [shown[key] for key in shown if key[1] in counts.wards and key[0] in KINDS]
    assert "" in kinds
    assert "fewer than 5" in kinds
    assert_not_to_be_had(counts, shown, 5)


def test_kinds_stand_under_the_nearest_whole_that_has_figures():
    """Theft of vehicles stands under vehicle offences in one area, under all crime in the other."""
    part_of = {"theft of vehicles": "vehicle offences", "vehicle offences": "theft",
               "theft": "all", "drugs": "all"}  # fmt: skip
    names = ["theft of vehicles", "vehicle offences", "drugs", "all"]
    places = np.array([[0, 1, 2, 3], [4, -1, 5, 6]])
    values = np.array([3.0, 9.0, 20.0, 29.0, 3.0, 20.0, 23.0])
    none = pd.DataFrame(columns=["indicator_id", "alternative", "measure_code"], dtype="str")
    found = {
        (rows.tolist()[0], names[total], tuple(sorted(names[part] for part in parts)))
        for rows, total, parts in same_counts(places, names, values, part_of, none)
    }
    assert found == {
        (0, "all", ("drugs", "vehicle offences")),
        (0, "vehicle offences", ("theft of vehicles",)),
        (1, "all", ("drugs", "theft of vehicles")),
    }
