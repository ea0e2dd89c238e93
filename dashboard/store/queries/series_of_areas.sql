-- one indicator in the areas named
select indicator_period.*
from indicator_period
where indicator_id = $indicator and area_code in (select unnest(cast($areas as varchar [])))
order by area_code, period_kind, period_start
