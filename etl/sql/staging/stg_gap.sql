-- Suspected gaps, with what a person decided last. A person may also call a gap what was not
-- suspected.
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
with suspected as (
    select
        area_code,
        measure_code,
        period_kind,
        cast(period_start as date) as period_start,
        value,
        expected,
        level,
        reason
    from stg_found_gap
    union all
    select
        inherited.area_code,
        inherited.measure_code,
        'month' as period_kind,
        inherited.period_start,
        inherited.value,
        inherited.expected,
        'part' as level,
        inherited.reason
    from stg_inherited_gap as inherited
    left join stg_found_gap as found
        on
            inherited.area_code = found.area_code
            and inherited.measure_code = found.measure_code
            and found.period_kind = 'month'
            and inherited.period_start = cast(found.period_start as date)
    where found.area_code is null
)

select
    coalesce(suspected.area_code, ruled.area_code) as area_code,
    coalesce(suspected.measure_code, ruled.measure_code) as measure_code,
    coalesce(suspected.period_kind, ruled.period_kind) as period_kind,
    coalesce(suspected.period_start, ruled.period_start) as period_start,
    coalesce(suspected.value, ruled.value) as value,
    suspected.expected,
    coalesce(suspected.level, 'person') as level,
    coalesce(suspected.reason, 'not suspected by the figures themselves') as reason,
    coalesce(ruled.decision, '') as ruling,
    coalesce(ruled.reason, '') as ruling_reason,
    coalesce(ruled.ruled_by, '') as ruled_by,
    coalesce(ruled.ruled_at, '') as ruled_at
from suspected
full outer join stg_ruling as ruled
    on
        suspected.area_code = ruled.area_code
        and suspected.measure_code = ruled.measure_code
        and suspected.period_kind = ruled.period_kind
        and suspected.period_start = ruled.period_start
