-- Indicators, their series and figures, and what rates are of. Each query begins with its name.

-- indicators: every indicator
select * from indicator order by title

-- offences: offence codes of the Home Office and what each counts in today
select offence_code, description, offence_group, offence_subgroup, valid_from, valid_to, note
from offence
order by offence_group, offence_subgroup, offence_code

-- series: one indicator in one area, all kinds of period
select indicator_period.*
from indicator_period
where indicator_id = $indicator and area_code = $area
order by period_kind, period_start

-- series_of_area: every indicator of one area
select indicator_period.*
from indicator_period
where area_code = $area
order by indicator_id, period_kind, period_start

-- series_of_areas: one indicator in the areas named, from one source, at one frequency
select indicator_period.*
from indicator_period
where
    indicator_id = $indicator
    and source_id = $source
    and period_kind = $frequency
    and area_code in (select unnest(cast($areas as varchar [])))
order by area_code, period_start

-- series_facts: every series of one area: what is known of each, without its figures
select *
from series
where area_code = $area
order by indicator_id, alternative, period_kind, source_id

-- series_facts_of_areas: every series of the catalogue's counts in the areas named: what is known
-- of each
select series.*
from series
inner join indicator on series.indicator_id = indicator.indicator_id
where
    indicator.unit = 'count'
    and indicator.aggregation = 'sum'
    and indicator.catalogued
    and series.area_code in (select unnest(cast($areas as varchar [])))
order by series.indicator_id, series.area_code, series.alternative, series.period_kind

-- figures_as_known: figures of the areas named as they were known at the end of a day, of one
-- indicator, source and frequency or with "" of all; rates by today's denominators; one row an
-- indicator, area, source and period that was known
with known as (
    select
        indicator_vintage.*,
        row_number() over (
            partition by indicator_id, area_code, source_id, period_kind, period_start
            order by published desc
        ) as recency
    from indicator_vintage
    where
        published <= $known_at
        and $indicator in ('', indicator_id)
        and $source in ('', source_id)
        and $frequency in ('', period_kind)
        and area_code in (select unnest(cast($areas as varchar [])))
)

select
    indicator_period.* replace (
        known.numerator as numerator,
        case
            when indicator.unit = 'rate'
                then indicator.rate_per * known.numerator / indicator_period.denominator
            else known.numerator
        end as value,
        known.published as published
    )
from indicator_period
inner join indicator on indicator_period.indicator_id = indicator.indicator_id
inner join known
    on
        indicator_period.indicator_id = known.indicator_id
        and indicator_period.area_code = known.area_code
        and indicator_period.source_id = known.source_id
        and indicator_period.period_kind = known.period_kind
        and indicator_period.period_start = known.period_start
        and known.recency = 1
order by
    indicator_period.area_code,
    indicator_period.indicator_id,
    indicator_period.period_kind,
    indicator_period.period_start

-- counts_of_areas: every count of the catalogue that adds up over time, in the areas named, between
-- two days
select
    indicator_period.area_code,
    indicator_period.indicator_id,
    indicator_period.source_id,
    indicator_period.period_kind,
    indicator_period.period_start,
    indicator_period.numerator as value,
    indicator_period.suppression,
    indicator_period.illustrative
from indicator_period
inner join indicator on indicator_period.indicator_id = indicator.indicator_id
where
    indicator.unit = 'count'
    and indicator.aggregation = 'sum'
    and indicator.catalogued
    and indicator_period.period_start between $since and $until
    and indicator_period.area_code in (select unnest(cast($areas as varchar [])))
order by
    indicator_period.area_code,
    indicator_period.indicator_id,
    indicator_period.period_kind,
    indicator_period.period_start

-- small_area_figures: figures of small areas by type, month by month, of one indicator or ("") of
-- all but the total of all types; a type of which an area has no record in a month that was
-- reported is a zero
with asked as (
    select distinct indicator_id
    from small_area_type
    where
        indicator_id = $indicator
        or ($indicator = '' and indicator_id <> 'offence_street_all')
),

counted as (
    select
        type.indicator_id,
        records.area_code,
        records.period_start,
        sum(records.value) as value
    from small_area_count as records
    inner join small_area_type as type
        on
            records.measure_code = type.measure_code
            and records.period_start = type.period_start
    where
        records.area_code in (select unnest(cast($areas as varchar [])))
        and records.is_policed
        and type.indicator_id in (select indicator_id from asked)
    group by type.indicator_id, records.area_code, records.period_start
),

type as (
    select distinct
        indicator_id,
        alternative,
        period_start
    from small_area_type
    where indicator_id in (select indicator_id from asked)
)

select
    month.* replace (
        type.indicator_id as indicator_id,
        type.alternative as alternative,
        coalesce(counted.value, 0) as numerator,
        coalesce(counted.value, 0) as value
    )
from indicator_period as month
inner join type
    on month.period_start = type.period_start
left join counted
    on
        type.indicator_id = counted.indicator_id
        and month.area_code = counted.area_code
        and month.period_start = counted.period_start
where
    month.indicator_id = 'offence_street_all'
    and month.area_code in (select unnest(cast($areas as varchar [])))
order by
    type.indicator_id,
    month.area_code,
    month.period_start

-- denominators: residents or households of the areas named, every year: those that a source of
-- counts gives itself, or with "" those of all publications
select area_code, denominator_year, denominator
from denominator
where
    measure_code = $measure
    and source_id = $source
    and illustrative = $illustrative
    and area_code in (select unnest(cast($areas as varchar [])))
order by area_code, denominator_year

-- no_figures: no row: the columns that figures have
select * from indicator_period limit 0
