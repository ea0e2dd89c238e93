-- areas that have figures, and those that plans are for
select area.*
from area
where
    area.area_code in (select area_code from indicator_period)
    or area.area_code in (select area_code from plan)
order by area.area_kind, area.area_name
