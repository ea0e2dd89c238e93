-- Boards and groups of a partnership.
-- grain: plan_id, group_id
-- plan_id: the plan
-- group_id: short name
-- name: full name
-- abbreviation: as the document writes it
-- role: what it does
-- reports_to: the group above it, or ""
-- paragraph: where the document says so
-- position: order in the plan
select
    plan_id,
    id as group_id,
    name,
    abbreviation,
    role,
    reports_to,
    paragraph,
    position
from source_plan_group
