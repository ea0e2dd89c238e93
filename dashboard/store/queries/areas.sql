-- areas that have figures, and those that plans are for, without small areas; partnerships first
select area.*
from area
where
    area.area_kind <> 'lsoa'
    and (
        area.area_code in (select area_code from indicator_period)
        or area.area_code in (select area_code from plan)
    )
order by
    case area.area_kind when 'partnership' then 0 when 'force' then 1 else 2 end,
    area.area_name
