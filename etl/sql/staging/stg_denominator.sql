-- Residents and households of every area and year for which there is an estimate.
-- grain: area_code, measure_code, denominator_year
-- area_code: the area
-- measure_code: ons:population or ons:households
-- denominator_year: year of the estimate
-- denominator: the estimate
select
    area_code,
    measure_code,
    cast(extract(year from period_start) as bigint) as denominator_year,
    max(value) as denominator
from stg_latest_observation
where measure_code in ('ons:population', 'ons:households')
group by area_code, measure_code, extract(year from period_start)
