-- The value of an indicator in an area and period, from the latest vintage.
-- grain: indicator_id, area_code, period_kind, period_start
-- indicator_id: the indicator
-- area_code: the area
-- period_kind: month, quarter, year, rolling_year or survey_wave
-- period_start: first day of the period
-- numerator: the sum of its measures; null when one is missing
-- denominator: residents or households, of the latest estimate not after the period, or else of
--   the earliest there is; null when the indicator has none
-- denominator_year: year of that estimate
-- value: numerator for counts and percentages, rate for rates
-- sample_size: respondents, for a survey
-- lower: lower limit published with it
-- upper: upper limit published with it
-- status: provisional when any part is, else final
-- coverage: share of its measures that are there, 0 to 1
-- illustrative: whether it is made up
-- published: vintage of its latest part
-- file_id: file that the latest part comes from
-- source_id: source that read it
with summed as (
    select
        chosen.indicator_id,
        observation.area_code,
        observation.period_kind,
        observation.period_start,
        sum(observation.value) as numerator,
        count(*) as measures_found,
        max(chosen.measures_needed) as measures_needed,
        max(observation.sample_size) as sample_size,
        max(observation.lower) as lower,
        max(observation.upper) as upper,
        max(case when observation.status = 'final' then 0 else 1 end) as not_final,
        max(case when observation.illustrative then 1 else 0 end) as any_illustrative,
        max(observation.published) as published,
        max(observation.file_id) as file_id,
        max(observation.source_id) as source_id
    from stg_chosen_numerator as chosen
    inner join source_numerator as numerator
        on
            chosen.indicator_id = numerator.indicator_id
            and chosen.alternative = numerator.alternative
    inner join stg_latest_observation as observation
        on
            numerator.measure_code = observation.measure_code
            and chosen.area_code = observation.area_code
            and chosen.period_kind = observation.period_kind
    group by
        chosen.indicator_id,
        observation.area_code,
        observation.period_kind,
        observation.period_start
),

candidate as (
    select
        summed.*,
        indicator.unit,
        indicator.rate_per,
        denominator.denominator,
        denominator.denominator_year,
        row_number() over (
            partition by
                summed.indicator_id,
                summed.area_code,
                summed.period_kind,
                summed.period_start
            order by
                case
                    when denominator.denominator_year <= extract(year from summed.period_start)
                        then 0
                    else 1
                end,
                abs(denominator.denominator_year - extract(year from summed.period_start))
        ) as choice
    from summed
    inner join source_indicator as indicator
        on summed.indicator_id = indicator.id
    left join stg_denominator as denominator
        on
            summed.area_code = denominator.area_code
            and indicator.denominator = denominator.measure_code
)

select
    indicator_id,
    area_code,
    period_kind,
    period_start,
    case when measures_found = measures_needed then numerator end as numerator,
    denominator,
    denominator_year,
    case
        when measures_found < measures_needed then cast(null as double)
        when unit = 'rate' and denominator > 0 then rate_per * numerator / denominator
        when unit = 'rate' then cast(null as double)
        else numerator
    end as value,
    sample_size,
    lower,
    upper,
    case when not_final = 1 then 'provisional' else 'final' end as status,
    cast(measures_found as double) / measures_needed as coverage,
    any_illustrative = 1 as illustrative,
    published,
    file_id,
    source_id
from candidate
where choice = 1
