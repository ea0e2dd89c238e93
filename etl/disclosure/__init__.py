"""Small counts that would tell of a person, and what else must go so that they stay hidden.

A build calls `suppress.suppressed_cells` once; the tables that it publishes leave out what that
names, so that nothing shown, exported or queried has to think of it again. `lines` says which
figures add up to which, `protect` what to hide, `audit` whether somebody could work it out after
all. Why here: `docs/decisions/0008-small-counts.md`.
"""
