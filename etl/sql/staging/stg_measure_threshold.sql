-- Figures as they were loaded that a threshold applies to: measures of sensitive indicators, and all
-- measures of small areas, of protected sources and areas.
-- grain: measure_code, area_code, source_id
-- measure_code: what is counted
-- area_code: the area
-- source_id: the source
-- threshold: counts from 1 up to below this are not shown
with measure_rule as (
    select
        numerator.measure_code,
        max(indicator.small_count_threshold) as own_threshold,
        max(case when indicator.sensitive then 1 else 0 end) as is_sensitive
    from source_numerator as numerator
    inner join source_indicator as indicator
        on numerator.indicator_id = indicator.id
    where indicator.unit <> 'percent'
    group by numerator.measure_code
),

series as (
    select distinct
        observation.measure_code,
        observation.area_code,
        observation.source_id
    from stg_observation as observation
    inner join stg_protected_area as protected
        on
            observation.source_id = protected.source_id
            and observation.area_code = protected.area_code
)

select
    series.measure_code,
    series.area_code,
    series.source_id,
    case
        when coalesce(measure_rule.own_threshold, 0) > 0 then measure_rule.own_threshold
        else 5
    end as threshold
from series
left join measure_rule
    on series.measure_code = measure_rule.measure_code
left join area
    on series.area_code = area.area_code
where
    coalesce(measure_rule.own_threshold, 0) > 0
    or coalesce(measure_rule.is_sensitive, 0) = 1
    or coalesce(area.area_kind, '') in ('ward', 'lsoa', 'small')
