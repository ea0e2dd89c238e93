-- Months that projections learn nothing from once they are over: those that come with the product,
-- and those that a person named.
-- grain: indicator_id, area_code, first_month, last_month
-- indicator_id: the indicator, "" for all
-- area_code: the area, "" for all
-- first_month: "2020-03"
-- last_month: the last of them
-- reason: why
-- decided_by: who named it, "" where it comes with the product
-- decided_at: when, "" likewise
with ordered as (
    select
        *,
        row_number() over (
            partition by indicator_id, area_code, period, last_month
            order by position desc
        ) as choice
    from source_exceptional_period
)

select
    indicator_id,
    area_code,
    period as first_month,
    last_month,
    reason,
    decided_by,
    decided_at
from ordered
where
    choice = 1
    and decision = 'confirmed'
