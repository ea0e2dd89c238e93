-- breaks that a person confirmed in the series of one area
select
    indicator_id,
    area_code,
    period,
    'break' as effect,
    reason as statement,
    decided_by,
    decided_at
from series_break
where area_code in ('', $area)
order by indicator_id, period
