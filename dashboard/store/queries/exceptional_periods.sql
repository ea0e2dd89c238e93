-- months of one area that projections learn nothing from once they are over; a blank indicator
-- means all of them
select
    indicator_id,
    area_code,
    first_month,
    last_month,
    reason,
    decided_by,
    decided_at
from exceptional_period
where area_code in ('', $area)
order by first_month, last_month, indicator_id, area_code
