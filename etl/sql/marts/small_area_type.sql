-- Which records of small areas an indicator counts, in the months in which all of them were printed:
-- earlier files of data.police.uk have fewer types.
-- grain: indicator_id, measure_code, period_start
-- indicator_id: the indicator
-- alternative: position of what it is made of in the indicator's file
-- measure_code: crime type, street:…
-- period_start: first day of the month
with printed as (
    select distinct
        measure_code,
        period_start
    from stg_small_area_count
),

needed as (
    select
        indicator_id,
        alternative,
        count(distinct measure_code) as measures
    from source_numerator
    group by indicator_id, alternative
),

counted as (
    select
        numerator.indicator_id,
        numerator.alternative,
        printed.period_start,
        count(distinct numerator.measure_code) as measures
    from source_numerator as numerator
    inner join printed
        on numerator.measure_code = printed.measure_code
    group by numerator.indicator_id, numerator.alternative, printed.period_start
),

chosen as (
    select
        counted.indicator_id,
        counted.period_start,
        min(counted.alternative) as alternative
    from counted
    inner join needed
        on
            counted.indicator_id = needed.indicator_id
            and counted.alternative = needed.alternative
            and counted.measures = needed.measures
    group by counted.indicator_id, counted.period_start
)

select distinct
    chosen.indicator_id,
    chosen.alternative,
    numerator.measure_code,
    chosen.period_start
from chosen
inner join source_numerator as numerator
    on
        chosen.indicator_id = numerator.indicator_id
        and chosen.alternative = numerator.alternative
union all
select
    'offence_street_all' as indicator_id,
    0 as alternative,
    measure_code,
    period_start
from printed
where measure_code = 'street:all'
