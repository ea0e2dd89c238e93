-- Every figure in use, all vintages; counts of small areas rolled up. Made-up figures have a source
-- of their own, so that no series is made of both.
-- grain: area_code, measure_code, period_kind, period_start, published, file_id, source_id
-- area_code: area that the figure is of
-- measure_code: what is counted, as scheme:name
-- period_kind: month, quarter, year, rolling_year or survey_wave
-- period_start: first day of the period
-- value: the figure
-- sample_size: respondents, for a survey; where its results give a design effect, over that
-- design_effect: what the results give, by which the sample size is divided already; null where
--   they give none
-- lower: lower limit published with it, or the least figure that a published change implies
-- upper: upper limit published with it, or the greatest such figure; null where it is the only one
-- uncertainty: how little firm it is, by stg_status
-- published: vintage
-- file_id: file that it comes from
-- source_id: source that read it; illustrative, of made-up figures
-- illustrative: whether it is made up
select
    observation.area_code,
    observation.measure_code,
    observation.period_kind,
    cast(observation.period_start as date) as period_start,
    max(observation.value) as value,
    max(observation.sample_size) as sample_size,
    max(observation.design_effect) as design_effect,
    max(
        case
            when observation.status = 'implied' then nullif(observation.lower, observation.upper)
            else observation.lower
        end
    ) as lower,
    max(
        case
            when observation.status = 'implied' then nullif(observation.upper, observation.lower)
            else observation.upper
        end
    ) as upper,
    max(status.uncertainty) as uncertainty,
    cast(observation.published as date) as published,
    observation.file_id,
    case when observation.illustrative then 'illustrative' else observation.source_id end as source_id,
    observation.illustrative
from source_observation as observation
inner join stg_status as status
    on observation.status = status.status
left join stg_confirmed_base as confirmed
    on
        observation.status = 'implied'
        and observation.area_code = confirmed.area_code
        and observation.measure_code = confirmed.measure_code
        and observation.period_kind = confirmed.period_kind
        and cast(observation.period_start as date) = confirmed.period_start
        and observation.file_id = confirmed.file_id
        and observation.source_id = confirmed.source_id
where observation.reported_by = '' and confirmed.area_code is null
group by
    observation.area_code,
    observation.measure_code,
    observation.period_kind,
    observation.period_start,
    observation.published,
    observation.file_id,
    observation.source_id,
    observation.illustrative
union all
select
    area_code,
    measure_code,
    'month' as period_kind,
    period_start,
    value,
    cast(null as double) as sample_size,
    cast(null as double) as design_effect,
    cast(null as double) as lower,
    cast(null as double) as upper,
    0 as uncertainty,
    published,
    file_id,
    source_id,
    false as illustrative
from stg_rolled_up_observation
