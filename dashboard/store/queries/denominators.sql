-- residents or households of the areas named, every year: those that a source of counts gives
-- itself, or with "" those of all publications
select area_code, denominator_year, denominator
from denominator
where
    measure_code = $measure
    and source_id = $source
    and illustrative = $illustrative
    and area_code in (select unnest(cast($areas as varchar [])))
order by area_code, denominator_year
