-- the targets of a plan, in its own order
select * from target where plan_id = $plan order by position
