-- The last decision on every figure that a person ruled on.
-- grain: area_code, measure_code, period_kind, period_start
-- area_code: the area
-- measure_code: what is counted
-- period_kind: month or quarter
-- period_start: first day of the period
-- decision: real or gap
-- reason: why that was decided
-- ruled_by: who decided
-- ruled_at: when
with ordered as (
    select
        *,
        row_number() over (
            partition by area_code, measure_code, period_kind, period_start
            order by position desc
        ) as choice
    from source_ruling
)

select
    ordered.area_code,
    ordered.measure_code,
    ordered.period_kind,
    cast(ordered.period_start as date) as period_start,
    ordered.decision,
    ordered.reason,
    ordered.ruled_by,
    ordered.ruled_at
from ordered
where ordered.choice = 1
