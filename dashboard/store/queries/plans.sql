-- every plan, in the order in which they are offered
select * from plan order by display_order, plan_id
