-- The value of an indicator in an area and period by each source, from the latest vintage, without
-- figures that are held as suspected gaps, and without small counts and what would give them away.
-- Small areas have one indicator, offence_street_all.
-- grain: indicator_id, area_code, source_id, period_kind, period_start
-- indicator_id: the indicator
-- alternative: position of what it is made of in the indicator's file
-- area_code: the area
-- period_kind: month, quarter, year, rolling_year or survey_wave
-- period_start: first day of the period
-- numerator: the sum of its parts; null when one is missing, or suppressed
-- denominator: residents or households, of the latest estimate not after the period, or else of
--   the earliest there is; null when the indicator has none
-- denominator_year: year of that estimate
-- denominator_note: how it came about, such as the sum of its local authorities; "" where it was
--   published for the area and year, null when there is none
-- value: numerator for counts and percentages, rate for rates
-- sample_size: respondents, for a survey; where its results give a design effect, over that
-- design_effect: what the results give, by which the sample size is divided already; null where
--   they give none
-- lower: lower limit published with it
-- upper: upper limit published with it
-- status: suppressed; or final, implied (by a published change), provisional or estimated, as its
--   least firm part
-- coverage: share of its parts that are there, 0 to 1; a part is a measure, or the measures of a
--   group of offences that were counted in the period
-- illustrative: whether it is made up
-- published: vintage of its latest part
-- file_id: file that the latest part comes from
-- source_id: source that read it; illustrative, of made-up figures
-- suppression: what is shown instead of a suppressed figure, fewer than 5 or suppressed; "" for
--   others
select
    figure.indicator_id,
    figure.alternative,
    figure.area_code,
    figure.period_kind,
    figure.period_start,
    case when hidden.indicator_id is null then figure.numerator end as numerator,
    figure.denominator,
    figure.denominator_year,
    figure.denominator_note,
    case when hidden.indicator_id is null then figure.value end as value,
    case when hidden.indicator_id is null then figure.sample_size end as sample_size,
    case when hidden.indicator_id is null then figure.design_effect end as design_effect,
    case when hidden.indicator_id is null then figure.lower end as lower,
    case when hidden.indicator_id is null then figure.upper end as upper,
    case when hidden.indicator_id is null then figure.status else 'suppressed' end as status,
    figure.coverage,
    figure.illustrative,
    figure.published,
    figure.file_id,
    figure.source_id,
    coalesce(hidden.suppression, '') as suppression
from stg_indicator_period as figure
left join stg_suppressed_cell as hidden
    on
        figure.indicator_id = hidden.indicator_id
        and figure.area_code = hidden.area_code
        and figure.source_id = hidden.source_id
        and figure.period_kind = hidden.period_kind
        and figure.period_start = cast(hidden.period_start as date)
union all
select
    'offence_street_all' as indicator_id,
    0 as alternative,
    area_code,
    'month' as period_kind,
    period_start,
    value as numerator,
    cast(null as double) as denominator,
    cast(null as bigint) as denominator_year,
    cast(null as varchar) as denominator_note,
    value,
    cast(null as double) as sample_size,
    cast(null as double) as design_effect,
    cast(null as double) as lower,
    cast(null as double) as upper,
    'final' as status,
    1.0 as coverage,
    false as illustrative,
    published,
    file_id,
    source_id,
    '' as suppression
from stg_small_area_period
