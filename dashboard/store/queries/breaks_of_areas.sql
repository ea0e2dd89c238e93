-- breaks that a person confirmed in the series of the areas named; a blank area means all of them
select
    indicator_id,
    area_code,
    period,
    'break' as effect
from series_break
where area_code = '' or area_code in (select unnest(cast($areas as varchar [])))
order by indicator_id, area_code, period
