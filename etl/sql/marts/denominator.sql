-- Residents and households of every area and year that rates can be of.
-- grain: area_code, measure_code, denominator_year, illustrative, source_id
-- area_code: the area
-- measure_code: ons:population or ons:households
-- denominator_year: year of the estimate
-- illustrative: whether it is made up
-- source_id: the source of counts that gives it with them, "" for the latest of all publications
-- denominator: the estimate
-- denominator_note: how it came about, "" where it was published for the area and year
select
    area_code,
    measure_code,
    denominator_year,
    illustrative,
    source_id,
    denominator,
    denominator_note
from stg_denominator
