-- The sum of a part's measures in every file that has any of them, without what is held as a
-- suspected gap.
-- grain: part, area_code, period_kind, period_start, published, file_id, source_id
-- part: measure, or measures of which those count that were in force
-- area_code: the area
-- period_kind: month, quarter, year, rolling_year or survey_wave
-- period_start: first day of the period
-- value: the sum
-- is_whole: 1 when every measure that the file prints for the period is there for the area, and
--   they were counted throughout the period; else 0
-- sample_size: respondents, for a survey; where its results give a design effect, over that
-- design_effect: what the results give, by which the sample size is divided already; null where
--   they give none
-- lower: lower limit published with it
-- upper: upper limit published with it
-- uncertainty: of the least firm measure, by stg_status
-- any_illustrative: 1 when any is made up
-- published: vintage of the file
-- file_id: the file
-- source_id: source that read it
-- recency: 1 for the latest file
with part_measure as (
    select distinct
        part,
        measure_code
    from source_numerator
),

summed as (
    select
        part_measure.part,
        observation.area_code,
        observation.period_kind,
        observation.period_start,
        observation.published,
        observation.file_id,
        observation.source_id,
        sum(observation.value) as value,
        count(*) as measures_found,
        max(observation.sample_size) as sample_size,
        max(observation.design_effect) as design_effect,
        max(observation.lower) as lower,
        max(observation.upper) as upper,
        max(observation.uncertainty) as uncertainty,
        max(case when observation.illustrative then 1 else 0 end) as any_illustrative
    from stg_used_observation as observation
    inner join part_measure
        on observation.measure_code = part_measure.measure_code
    group by
        part_measure.part,
        observation.area_code,
        observation.period_kind,
        observation.period_start,
        observation.published,
        observation.file_id,
        observation.source_id
),

ordered as (
    select
        summed.*,
        row_number() over (
            partition by
                summed.part,
                summed.area_code,
                summed.source_id,
                summed.period_kind,
                summed.period_start
            order by summed.published desc, loaded.load_order desc
        ) as recency
    from summed
    inner join stg_load_order as loaded
        on summed.file_id = loaded.file_id
)

select
    ordered.part,
    ordered.area_code,
    ordered.period_kind,
    ordered.period_start,
    ordered.value,
    case
        when
            ordered.measures_found = printed.measures_printed
            and printed.first_month
            <= 12 * extract(year from ordered.period_start)
            + extract(month from ordered.period_start)
            and printed.last_month
            >= 12 * extract(year from ordered.period_start)
            + extract(month from ordered.period_start)
            + case ordered.period_kind when 'month' then 0 when 'quarter' then 2 else 11 end
            then 1
        else 0
    end as is_whole,
    ordered.sample_size,
    ordered.design_effect,
    ordered.lower,
    ordered.upper,
    ordered.uncertainty,
    ordered.any_illustrative,
    ordered.published,
    ordered.file_id,
    ordered.source_id,
    ordered.recency
from ordered
inner join stg_printed_part as printed
    on
        ordered.part = printed.part
        and ordered.file_id = printed.file_id
        and ordered.source_id = printed.source_id
        and ordered.period_kind = printed.period_kind
        and ordered.period_start = printed.period_start
