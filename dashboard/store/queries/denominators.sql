-- residents or households of the areas named, every year
select area_code, denominator_year, denominator
from denominator
where
    measure_code = $measure
    and area_code in (select unnest(cast($areas as varchar [])))
order by area_code, denominator_year
