-- Which of an indicator's alternative sources an area's series is made of: the first that has
-- all its measures, or the first that has any. A series is never put together from two.
-- grain: indicator_id, area_code, period_kind
-- indicator_id: the indicator
-- area_code: the area
-- period_kind: the kind of period that the series is in
-- alternative: position of the source in the indicator's file
-- measures_needed: how many measures have to be added up
with available as (
    select
        numerator.indicator_id,
        observation.area_code,
        observation.period_kind,
        numerator.alternative,
        numerator.measures_needed,
        count(distinct observation.measure_code) as measures_found
    from source_numerator as numerator
    inner join stg_latest_observation as observation
        on numerator.measure_code = observation.measure_code
    group by
        numerator.indicator_id,
        observation.area_code,
        observation.period_kind,
        numerator.alternative,
        numerator.measures_needed
),

ordered as (
    select
        *,
        row_number() over (
            partition by indicator_id, area_code, period_kind
            order by
                case when measures_found = measures_needed then 0 else 1 end,
                alternative
        ) as choice
    from available
)

select
    indicator_id,
    area_code,
    period_kind,
    alternative,
    measures_needed
from ordered
where choice = 1
