-- boards and groups of a plan
select * from plan_group where plan_id = $plan order by position
