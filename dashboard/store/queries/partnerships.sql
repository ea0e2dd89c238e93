-- every partnership that is known, with or without figures
select area_code, area_name, area_kind
from area
where area_kind = 'partnership' and not illustrative
order by area_name
