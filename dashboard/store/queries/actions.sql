-- actions of a plan
select * from action where plan_id = $plan order by position
