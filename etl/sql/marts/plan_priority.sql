-- Priorities of a plan.
-- grain: plan_id, priority_id
-- plan_id: the plan
-- priority_id: its number in the plan
-- title: of the priority
-- paragraph: where the document says so
-- position: order in the plan
select
    plan_id,
    priority_id,
    title,
    paragraph,
    position
from source_plan_priority
