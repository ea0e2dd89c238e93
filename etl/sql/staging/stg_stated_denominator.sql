-- Residents and households as somebody published them for the area itself: a mid-year estimate, or
-- else the census of that year.
-- grain: area_code, measure_code, denominator_year, pool
-- area_code: the area, often a local authority
-- measure_code: ons:population or ons:households
-- denominator_year: year of the figure
-- denominator: the figure
-- is_census: 1 for residents as a census counted them, who are not a mid-year estimate
-- pool: who says so: population, a publication of people and homes alone; counts, one that counts
--   something besides; or illustrative, for made-up figures
with pooled as (
    select
        observation.*,
        case
            when observation.illustrative then 'illustrative'
            when counting.source_id is null then 'population'
            else 'counts'
        end as pool
    from stg_latest_observation as observation
    left join stg_counting_source as counting
        on observation.source_id = counting.source_id
    where
        observation.measure_code in ('ons:population', 'ons:census_population', 'ons:households')
),

ordered as (
    select
        area_code,
        case
            when measure_code = 'ons:census_population' then 'ons:population'
            else measure_code
        end as measure_code,
        cast(extract(year from period_start) as bigint) as denominator_year,
        value as denominator,
        case when measure_code = 'ons:census_population' then 1 else 0 end as is_census,
        pool,
        row_number() over (
            partition by
                area_code,
                case
                    when measure_code = 'ons:census_population' then 'ons:population'
                    else measure_code
                end,
                extract(year from period_start),
                pool
            order by
                case when measure_code = 'ons:census_population' then 1 else 0 end,
                published desc,
                period_start desc,
                source_id
        ) as choice
    from pooled
)

select
    area_code,
    measure_code,
    denominator_year,
    denominator,
    is_census,
    pool
from ordered
where choice = 1
