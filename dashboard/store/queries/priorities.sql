-- priorities of a plan
select * from plan_priority where plan_id = $plan order by position
