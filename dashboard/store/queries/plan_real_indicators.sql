-- indicators that a plan with illustrative figures shows with real ones
select indicator_id from plan_real_indicator where plan_id = $plan
