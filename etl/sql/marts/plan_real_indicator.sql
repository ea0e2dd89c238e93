-- Indicators of which real figures take the place of the worked example's: those that are loaded
-- for its own area and years.
-- grain: plan_id, indicator_id
-- plan_id: a plan that is shown with illustrative figures
-- indicator_id: the indicator
select distinct
    plan.plan_id,
    figure.indicator_id
from source_plan as plan
inner join stg_indicator_period as figure
    on plan.area_code = figure.area_code
where
    plan.figure_set = 'illustrative'
    and not figure.illustrative
    and figure.numerator is not null
    and figure.period_start >= cast(plan.first_day as date)
    and figure.period_start <= cast(plan.last_day as date)
