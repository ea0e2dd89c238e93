-- Indicators that a plan reports, under their first priority.
-- grain: plan_id, indicator_id
-- plan_id: the plan
-- indicator_id: the indicator
-- priority_id: the priority it belongs to
-- position: order in which a meeting reads them
with listed as (
    select
        plan_id,
        priority_id,
        position,
        unnest(string_split(indicators, ';')) as indicator_id
    from source_plan_priority
    where indicators <> ''
),

numbered as (
    select
        plan_id,
        priority_id,
        indicator_id,
        row_number() over (partition by plan_id order by position) as position
    from listed
)

select
    plan_id,
    indicator_id,
    min(priority_id) as priority_id,
    min(position) as position
from numbered
group by plan_id, indicator_id
