-- Residents and households of every area and year that rates can be of, as all publications together
-- give them; and beside them those that a publication of counts gives itself.
-- grain: area_code, measure_code, denominator_year, illustrative, source_id
-- area_code: the area
-- measure_code: ons:population or ons:households
-- denominator_year: year of the estimate
-- illustrative: whether it is made up
-- source_id: the source of counts that gives it, "" for the latest of all publications
-- denominator: the estimate
-- denominator_note: how it came about, "" where it was published for the area and year
with summed as (
    select
        part.area_code,
        known.measure_code,
        known.denominator_year,
        sum(known.denominator) as denominator,
        max(known.is_census) as is_census,
        max(known.is_merged) as is_merged,
        part.authorities_needed
    from stg_area_authority as part
    inner join stg_lasting_denominator as known
        on part.authority_code = known.area_code
    where not known.illustrative
    group by
        part.area_code,
        part.authorities_needed,
        known.measure_code,
        known.denominator_year
    having
        count(*) = part.authorities_needed
        and max(part.areas_of_authority) = 1
),

together as (
    select
        area_code,
        measure_code,
        denominator_year,
        illustrative,
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
        false as illustrative,
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
            and not own.illustrative
    where own.area_code is null
),

counting_source as (
    select distinct source_id
    from stg_observation
    where
        not illustrative
        and measure_code not in ('ons:population', 'ons:census_population', 'ons:households')
)

select
    area_code,
    measure_code,
    denominator_year,
    illustrative,
    '' as source_id,
    denominator,
    concat(
        case
            when authorities > 1 and is_merged = 1
                then 'sum of its local authorities, some before they merged'
            when authorities > 1 then 'sum of its local authorities'
            when authorities = 1 and is_merged = 1 then 'of its local authority before it merged'
            when authorities = 1 then 'of its local authority'
            when is_merged = 1 then 'sum of the authorities that merged into it'
            else ''
        end,
        case when is_census = 1 and authorities + is_merged > 0 then ', ' else '' end,
        case when is_census = 1 then 'census count' else '' end
    ) as denominator_note
from together
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
inner join counting_source
    on given.source_id = counting_source.source_id
where
    not given.illustrative
    and given.measure_code in ('ons:population', 'ons:households')
group by
    given.area_code,
    given.measure_code,
    extract(year from given.period_start),
    given.source_id
