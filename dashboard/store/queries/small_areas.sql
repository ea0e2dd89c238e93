-- small areas that have figures and lie in one of the areas named, as codes between semicolons
select area.*
from area
where
    area.area_kind = 'lsoa'
    and area.area_code in (
        select area_code
        from area_link
        where parent_code in (select unnest(string_split($within, ';')))
    )
    and area.area_code in (select area_code from indicator_period)
order by
    area.area_name,
    area.area_code
