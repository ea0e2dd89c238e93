-- The value of an indicator in an area and period by each source, from the latest vintage, without
-- figures that are held as suspected gaps, small counts among them: never published as it is.
-- grain: indicator_id, area_code, source_id, period_kind, period_start
-- indicator_id: the indicator
-- alternative: position of what it is made of in the indicator's file
-- area_code: the area
-- period_kind: month, quarter, year, rolling_year or survey_wave
-- period_start: first day of the period
-- numerator: the sum of its parts; null when one is missing
-- denominator: residents or households, those that the source itself gives before all others; of
--   the latest estimate not after the period, or else of the earliest there is; null when the
--   indicator has none
-- denominator_year: year of that estimate
-- denominator_note: how it came about, such as the sum of its local authorities; "" where it was
--   published for the area and year, null when there is none
-- value: numerator for counts and percentages, rate for rates
-- sample_size: respondents, for a survey; where its results give a design effect, over that
-- design_effect: what the results give, by which the sample size is divided already; null where
--   they give none
-- lower: lower limit published with it
-- upper: upper limit published with it
-- status: final, implied (by a published change), provisional or estimated, as its least firm part
-- coverage: share of its parts that are there, 0 to 1; a part is a measure, or the measures of a
--   group of offences that were counted in the period
-- illustrative: whether it is made up
-- published: vintage of its latest part
-- file_id: file that the latest part comes from
-- source_id: source that read it; illustrative, of made-up figures
with alternative_part as (
    select distinct
        indicator_id,
        alternative,
        part
    from source_numerator
),

summed as (
    select
        chosen.indicator_id,
        chosen.alternative,
        part.area_code,
        part.source_id,
        part.period_kind,
        part.period_start,
        sum(part.value) as numerator,
        sum(part.is_whole) as parts_found,
        max(chosen.parts_needed) as parts_needed,
        max(part.sample_size) as sample_size,
        max(part.design_effect) as design_effect,
        max(part.lower) as lower,
        max(part.upper) as upper,
        max(part.uncertainty) as uncertainty,
        max(part.any_illustrative) as any_illustrative,
        max(part.published) as published,
        max(part.file_id) as file_id,
        extract(year from part.period_start)
        + case
            when
                extract(month from part.period_start)
                + case part.period_kind when 'month' then 0 when 'quarter' then 2 else 11 end
                > 12
                then 1
            else 0
        end as last_year
    from stg_chosen_numerator as chosen
    inner join alternative_part
        on
            chosen.indicator_id = alternative_part.indicator_id
            and chosen.alternative = alternative_part.alternative
    inner join stg_part as part
        on
            alternative_part.part = part.part
            and chosen.area_code = part.area_code
            and chosen.source_id = part.source_id
            and chosen.period_kind = part.period_kind
    group by
        chosen.indicator_id,
        chosen.alternative,
        part.area_code,
        part.source_id,
        part.period_kind,
        part.period_start
),

-- Chosen once for each area and year, not for each figure of it: there are forty years of them.
year_of_series as (
    select distinct
        area_code,
        source_id,
        any_illustrative,
        last_year
    from summed
),

of_year as (
    select
        of_series.area_code,
        of_series.source_id,
        of_series.any_illustrative,
        of_series.last_year,
        denominator.measure_code,
        denominator.denominator,
        denominator.denominator_year,
        denominator.denominator_note,
        row_number() over (
            partition by
                of_series.area_code,
                of_series.source_id,
                of_series.any_illustrative,
                of_series.last_year,
                denominator.measure_code
            order by
                case when denominator.source_id = of_series.source_id then 0 else 1 end,
                case
                    when denominator.denominator_year <= of_series.last_year
                        then 0
                    else 1
                end,
                abs(denominator.denominator_year - of_series.last_year)
        ) as choice
    from year_of_series as of_series
    inner join stg_denominator as denominator
        on
            of_series.area_code = denominator.area_code
            and (of_series.any_illustrative = 1) = denominator.illustrative
            and denominator.source_id in ('', of_series.source_id)
),

candidate as (
    select
        summed.*,
        indicator.unit,
        indicator.rate_per,
        of_year.denominator,
        of_year.denominator_year,
        of_year.denominator_note
    from summed
    inner join source_indicator as indicator
        on summed.indicator_id = indicator.id
    left join of_year
        on
            summed.area_code = of_year.area_code
            and summed.source_id = of_year.source_id
            and summed.any_illustrative = of_year.any_illustrative
            and summed.last_year = of_year.last_year
            and indicator.denominator = of_year.measure_code
            and of_year.choice = 1
)

select
    indicator_id,
    alternative,
    area_code,
    period_kind,
    period_start,
    case when parts_found = parts_needed then numerator end as numerator,
    denominator,
    denominator_year,
    denominator_note,
    case
        when parts_found < parts_needed then cast(null as double)
        when unit = 'rate' and denominator > 0 then rate_per * numerator / denominator
        when unit = 'rate' then cast(null as double)
        else numerator
    end as value,
    sample_size,
    design_effect,
    lower,
    upper,
    stg_status.status,
    cast(parts_found as double) / parts_needed as coverage,
    any_illustrative = 1 as illustrative,
    published,
    file_id,
    source_id
from candidate
inner join stg_status
    on candidate.uncertainty = stg_status.uncertainty
