-- Breaks in a series that a person confirmed: figures before and after do not compare.
-- grain: indicator_id, area_code, period
-- indicator_id: the indicator
-- area_code: the area, "" for all
-- period: first month of the new series, "2009-04"
-- reason: why
-- decided_by: who confirmed it
-- decided_at: when
with ordered as (
    select
        *,
        row_number() over (
            partition by indicator_id, area_code, period
            order by position desc
        ) as choice
    from source_series_break
)

select
    indicator_id,
    area_code,
    period,
    reason,
    decided_by,
    decided_at
from ordered
where
    choice = 1
    and decision = 'confirmed'
