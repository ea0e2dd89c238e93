"""What is cached is shared by all readers: no page alters it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pandas as pd

from dashboard.store.builds import builds_of
from dashboard.store.cache import Question
from etl.datadir import DataDir

PAGES = (
    "overview",
    "quarterly_review",
    "indicator",
    "targets",
    "most_similar_group",
    "crime_types",
    "public_perception",
    "actions",
    "data_and_methods",
)


def frames_in(answer: object) -> Iterator[pd.DataFrame]:
    if isinstance(answer, pd.DataFrame):
        yield answer
    elif isinstance(answer, dict):
        for each in answer.values():
            yield from frames_in(each)
    elif isinstance(answer, list | tuple):
        for each in answer:
            yield from frames_in(each)
    elif dataclasses.is_dataclass(answer):
        for field in dataclasses.fields(answer):
            yield from frames_in(getattr(answer, field.name))


def cached_frames(folder) -> dict[Question, list[pd.DataFrame]]:
    builds = builds_of(DataDir(folder))
    warehouse = builds.of(builds.shown())
    cache = warehouse.cache
    return {
        question: list(frames_in(cache.get(question, question.first_of(warehouse))))
        for question, _ in cache.asked_after(0)
    }


def test_no_page_alters_what_other_readers_get(open_page, default_data) -> None:
    builds_of.cache_clear()
    for page in PAGES:
        open_page(page, default_data, indicator="all_crime")
    before = {
        question: [frame.copy(deep=True) for frame in frames]
        for question, frames in cached_frames(default_data).items()
    }
    assert sum(len(frames) for frames in before.values()) > len(PAGES)
    for page in PAGES:
        open_page(page, default_data, indicator="all_crime")
    after = cached_frames(default_data)
    for question, frames in before.items():
        for then, now in zip(frames, after[question], strict=True):
            pd.testing.assert_frame_equal(then, now)
