-- objectives and cross-cutting areas of a plan
select * from plan_statement where plan_id = $plan order by kind desc, position
