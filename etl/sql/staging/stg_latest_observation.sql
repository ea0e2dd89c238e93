-- The latest vintage of every figure of every source.
-- grain: area_code, measure_code, source_id, period_kind, period_start
-- area_code: area that the figure is of
-- measure_code: what is counted, as scheme:name
-- period_kind: month, quarter, year, rolling_year or survey_wave
-- period_start: first day of the period
-- value: the figure
-- sample_size: respondents, for a survey; where its results give a design effect, over that
-- design_effect: what the results give, by which the sample size is divided already; null where
--   they give none
-- lower: lower limit published with it
-- upper: upper limit published with it
-- uncertainty: how little firm it is, by stg_status
-- published: vintage
-- file_id: file that it comes from
-- source_id: source that read it; illustrative, of made-up figures
-- illustrative: whether it is made up
with ordered as (
    select
        observation.*,
        row_number() over (
            partition by
                observation.area_code,
                observation.measure_code,
                observation.source_id,
                observation.period_kind,
                observation.period_start
            order by observation.published desc, loaded.load_order desc
        ) as vintage
    from stg_observation as observation
    inner join stg_repeated_period as repeated
        on
            observation.area_code = repeated.area_code
            and observation.source_id = repeated.source_id
            and observation.period_kind = repeated.period_kind
            and observation.period_start = repeated.period_start
    inner join stg_load_order as loaded
        on observation.file_id = loaded.file_id
)

select
    area_code,
    measure_code,
    period_kind,
    period_start,
    value,
    sample_size,
    design_effect,
    lower,
    upper,
    uncertainty,
    published,
    file_id,
    source_id,
    illustrative
from ordered
where vintage = 1
union all
select
    observation.area_code,
    observation.measure_code,
    observation.period_kind,
    observation.period_start,
    observation.value,
    observation.sample_size,
    observation.design_effect,
    observation.lower,
    observation.upper,
    observation.uncertainty,
    observation.published,
    observation.file_id,
    observation.source_id,
    observation.illustrative
from stg_observation as observation
left join stg_repeated_period as repeated
    on
        observation.area_code = repeated.area_code
        and observation.source_id = repeated.source_id
        and observation.period_kind = repeated.period_kind
        and observation.period_start = repeated.period_start
where repeated.area_code is null
