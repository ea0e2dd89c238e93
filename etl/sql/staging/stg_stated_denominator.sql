-- Residents and households as somebody published them for the area itself: a mid-year estimate, or
-- else the census of that year.
-- grain: area_code, measure_code, denominator_year, illustrative
-- area_code: the area, often a local authority
-- measure_code: ons:population or ons:households
-- denominator_year: year of the figure
-- denominator: the figure
-- is_census: 1 for residents as a census counted them, who are not a mid-year estimate
-- illustrative: whether it is made up
with ordered as (
    select
        area_code,
        case
            when measure_code = 'ons:census_population' then 'ons:population'
            else measure_code
        end as measure_code,
        cast(extract(year from period_start) as bigint) as denominator_year,
        value as denominator,
        case when measure_code = 'ons:census_population' then 1 else 0 end as is_census,
        illustrative,
        row_number() over (
            partition by
                area_code,
                case
                    when measure_code = 'ons:census_population' then 'ons:population'
                    else measure_code
                end,
                extract(year from period_start),
                illustrative
            order by
                case when measure_code = 'ons:census_population' then 1 else 0 end,
                published desc,
                period_start desc,
                source_id
        ) as choice
    from stg_latest_observation
    where measure_code in ('ons:population', 'ons:census_population', 'ons:households')
)

select
    area_code,
    measure_code,
    denominator_year,
    denominator,
    is_census,
    illustrative
from ordered
where choice = 1
