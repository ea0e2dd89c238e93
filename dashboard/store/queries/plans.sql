-- Plans, and what stands in them. Each query begins with its name.

-- plans: every plan, in the order in which they are offered
select * from plan order by display_order, plan_id

-- priorities: priorities of a plan
select * from plan_priority where plan_id = $plan order by position

-- plan_indicators: what a plan reports, under its priorities
select
    plan_indicator.*,
    plan_priority.title as priority_title,
    plan_priority.position as priority_position
from plan_indicator
inner join plan_priority using (plan_id, priority_id)
where plan_indicator.plan_id = $plan
order by plan_indicator.position

-- plan_real_indicators: indicators that a plan with illustrative figures shows with real ones
select indicator_id from plan_real_indicator where plan_id = $plan

-- targets: the targets of a plan, in its own order
select * from target where plan_id = $plan order by position

-- actions: actions of a plan
select * from action where plan_id = $plan order by position

-- notes: data-quality notes of a plan
select * from data_note where plan_id = $plan order by note_id

-- statements: objectives and cross-cutting areas of a plan
select * from plan_statement where plan_id = $plan order by kind desc, position

-- published_figures: figures that a plan states
select * from published_figure where plan_id = $plan order by position
