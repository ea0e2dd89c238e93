-- every indicator of one area
select indicator_period.*
from indicator_period
where area_code = $area
order by indicator_id, period_kind, period_start
