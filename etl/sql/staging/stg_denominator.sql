-- Residents and households of every area and year that rates can be of: of an area those of the
-- publications of people and homes, and where there are none those that come with counts. Beside
-- them those that a source of counts gives itself, which go with its own counts alone. None of areas
-- of which a publisher gives no rates.
-- grain: area_code, measure_code, denominator_year, illustrative, source_id
-- area_code: the area
-- measure_code: ons:population or ons:households
-- denominator_year: year of the estimate
-- illustrative: whether it is made up
-- source_id: the source of counts that it goes with, "" for all
-- denominator: the estimate
-- denominator_note: how it came about, "" where it was published for the area and year
with summed as (
    select
        part.area_code,
        known.measure_code,
        known.denominator_year,
        known.pool,
        sum(known.denominator) as denominator,
        max(known.is_census) as is_census,
        max(known.is_merged) as is_merged,
        part.authorities_needed
    from stg_area_authority as part
    inner join stg_lasting_denominator as known
        on part.authority_code = known.area_code
    where known.pool <> 'illustrative'
    group by
        part.area_code,
        part.authorities_needed,
        known.measure_code,
        known.denominator_year,
        known.pool
    having
        count(*) = part.authorities_needed
        and max(part.areas_of_authority) = 1
),

together as (
    select
        area_code,
        measure_code,
        denominator_year,
        pool,
        denominator,
        is_census,
        is_merged,
        0 as authorities
    from stg_lasting_denominator
    union all
    select
        summed.area_code,
        summed.measure_code,
        summed.denominator_year,
        summed.pool,
        summed.denominator,
        summed.is_census,
        summed.is_merged,
        summed.authorities_needed as authorities
    from summed
    left join stg_lasting_denominator as own
        on
            summed.area_code = own.area_code
            and summed.measure_code = own.measure_code
            and summed.denominator_year = own.denominator_year
            and summed.pool = own.pool
    where own.area_code is null
),

with_publication as (
    select distinct
        area_code,
        measure_code
    from together
    where pool = 'population'
)

select
    together.area_code,
    together.measure_code,
    together.denominator_year,
    together.pool = 'illustrative' as illustrative,
    '' as source_id,
    together.denominator,
    concat(
        case
            when together.authorities > 1 and together.is_merged = 1
                then 'sum of its local authorities, some before they merged'
            when together.authorities > 1 then 'sum of its local authorities'
            when together.authorities = 1 and together.is_merged = 1
                then 'of its local authority before it merged'
            when together.authorities = 1 then 'of its local authority'
            when together.is_merged = 1 then 'sum of the authorities that merged into it'
            else ''
        end,
        case
            when together.is_census = 1 and together.authorities + together.is_merged > 0
                then ', '
            else ''
        end,
        case when together.is_census = 1 then 'census count' else '' end
    ) as denominator_note
from together
left join with_publication
    on
        together.area_code = with_publication.area_code
        and together.measure_code = with_publication.measure_code
left join stg_without_rate as without_rate
    on together.area_code = without_rate.area_code
where
    (together.pool <> 'counts' or with_publication.area_code is null)
    and without_rate.area_code is null
union all
select
    given.area_code,
    given.measure_code,
    cast(extract(year from given.period_start) as bigint) as denominator_year,
    false as illustrative,
    given.source_id,
    max(given.value) as denominator,
    '' as denominator_note
from stg_latest_observation as given
inner join stg_counting_source as counting
    on given.source_id = counting.source_id
left join stg_without_rate as without_rate
    on given.area_code = without_rate.area_code
where
    not given.illustrative
    and without_rate.area_code is null
    and given.measure_code in ('ons:population', 'ons:households')
group by
    given.area_code,
    given.measure_code,
    extract(year from given.period_start),
    given.source_id
