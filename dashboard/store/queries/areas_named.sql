-- areas of these codes that have figures, of whatever kind
select area.*
from area
where
    area.area_code in (select unnest(cast($areas as varchar [])))
    and area.area_code in (
        select area_code
        from indicator_period
        where area_code in (select unnest(cast($areas as varchar [])))
    )
order by area.area_code
