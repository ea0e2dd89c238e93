-- the indicators named, in the areas named
select indicator_period.*
from indicator_period
where
    indicator_id in (select unnest(cast($indicators as varchar [])))
    and area_code in (select unnest(cast($areas as varchar [])))
order by indicator_id, area_code, period_kind, period_start
