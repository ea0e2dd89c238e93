-- Figures that are missing or collapse where nothing real explains it, and what was decided. They
-- are left out of indicator_period unless they are ruled real.
-- grain: area_code, measure_code, source_id, period_kind, period_start
-- area_code: the area
-- measure_code: what is counted
-- source_id: source of the figure; "" where a person ruled on what no source has
-- period_kind: month or quarter; as ruled, when a person called it a gap
-- period_start: first day of the period
-- value: the figure; null when there is none, or a small one
-- expected: what is usual around it; null when it was not suspected, and of wards
-- level: series, area, measure (in a whole force), force, types (of crime, of a whole force), part
--   (of its total), or person
-- reason: why it is suspected
-- ruling: real, gap, or "" while nobody has decided
-- ruling_reason: why that was decided
-- ruled_by: who decided
-- ruled_at: when
select
    gap.area_code,
    gap.measure_code,
    gap.source_id,
    gap.period_kind,
    gap.period_start,
    case when small.threshold is null then gap.value end as value,
    gap.expected,
    gap.level,
    case
        when small.threshold is null then gap.reason
        else 'a small count, where more is usual'
    end as reason,
    gap.ruling,
    gap.ruling_reason,
    gap.ruled_by,
    gap.ruled_at
from stg_gap as gap
left join stg_measure_threshold as small
    on
        gap.area_code = small.area_code
        and gap.measure_code = small.measure_code
        and gap.source_id = small.source_id
        and gap.value > 0
        and gap.value < small.threshold
