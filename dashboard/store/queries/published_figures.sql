-- figures that a plan states
select * from published_figure where plan_id = $plan order by position
