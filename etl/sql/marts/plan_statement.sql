-- Objectives and cross-cutting areas of a plan, in few words.
-- grain: plan_id, kind, position
-- plan_id: the plan
-- kind: objective or cross_cutting_area
-- statement: what it says
-- paragraph: where the document says so
-- position: order in the document
select
    plan_id,
    kind,
    text as statement,
    paragraph,
    position
from source_plan_statement
