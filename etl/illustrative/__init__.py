"""The embedded default: a made-up city that agrees with everything the first plan states.

`facts` says what has to come out, paragraph by paragraph; `series` solves window totals for it;
`shapes` spreads them over months; `comparators` makes the fourteen areas of the group; `targets`
holds the made-up goals; `write` makes the files of `data/illustrative/`. Run it with
`python -m etl.illustrative`. None of the figures is of a real place or time.
"""

from etl.illustrative.write import write_illustrative

__all__ = ["write_illustrative"]
