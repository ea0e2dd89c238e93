-- one indicator in the areas named, from one source, at one frequency
select indicator_period.*
from indicator_period
where
    indicator_id = $indicator
    and source_id = $source
    and period_kind = $frequency
    and area_code in (select unnest(cast($areas as varchar [])))
order by area_code, period_start
