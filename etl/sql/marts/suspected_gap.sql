-- Figures that are missing or collapse where nothing real explains it, and what was decided. They
-- are left out of indicator_period unless they are ruled real.
-- grain: area_code, measure_code, period_kind, period_start
-- area_code: the area
-- measure_code: what is counted
-- period_kind: month or quarter; as ruled, when a person called it a gap
-- period_start: first day of the period
-- value: the figure; null when there is none
-- expected: what is usual around it; null when it was not suspected
-- level: series, area, measure (in a whole force), force, part (of its total), or person
-- reason: why it is suspected
-- ruling: real, gap, or "" while nobody has decided
-- ruling_reason: why that was decided
-- ruled_by: who decided
-- ruled_at: when
select
    area_code,
    measure_code,
    period_kind,
    period_start,
    value,
    expected,
    level,
    reason,
    ruling,
    ruling_reason,
    ruled_by,
    ruled_at
from stg_gap
