-- what a plan reports, under its priorities
select
    plan_indicator.*,
    plan_priority.title as priority_title,
    plan_priority.position as priority_position
from plan_indicator
inner join plan_priority using (plan_id, priority_id)
where plan_indicator.plan_id = $plan
order by plan_indicator.position
