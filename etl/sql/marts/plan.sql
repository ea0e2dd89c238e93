-- Plans: what one partnership promised.
-- grain: plan_id
-- plan_id: name of its folder in data/plans
-- title: of the plan
-- period: that it is for
-- first_day: of the earliest year that its targets are measured from, or of its period; null where
--   neither is a year
-- last_day: of its period; null where it is not a year
-- figure_set: illustrative for the worked example; real for every other
-- area_code: partnership area, "" when the document does not name it
-- area_name: name of the area, or ""
-- document: that it was taken from
-- document_status: such as draft
-- display_order: plans are offered in this order
-- partnership_name: the body that answers for it
-- partnership_kind: what sort of body
-- members: who belongs to it
-- note: what must be known of the document
select
    plan_id,
    title,
    period,
    cast(first_day as date) as first_day,
    cast(last_day as date) as last_day,
    figure_set,
    area_code,
    area_name,
    document,
    document_status,
    display_order,
    partnership_name,
    partnership_kind,
    members,
    note
from source_plan
