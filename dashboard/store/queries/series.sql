-- one indicator in one area, all kinds of period
select indicator_period.*
from indicator_period
where indicator_id = $indicator and area_code = $area
order by period_kind, period_start
