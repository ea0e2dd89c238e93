-- partnerships of an area's police force that have figures, the area itself included
select area.area_code, area.area_name, area.force_name
from area
inner join area as own on area.force_code = own.force_code
where
    own.area_code = $area
    and own.area_kind = 'partnership'
    and own.force_code <> ''
    and area.area_kind = 'partnership'
    and area.area_code in (select area_code from indicator_period)
order by area.area_name
