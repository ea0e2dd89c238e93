-- Areas for which somebody has loaded figures that are not made up.
-- grain: area_code
-- area_code: ONS code of the area
select distinct cast(area_code as varchar) as area_code
from source_observation
where not illustrative
union
select distinct area_code
from stg_rolled_up_observation
