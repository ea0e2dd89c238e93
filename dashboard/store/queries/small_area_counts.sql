-- records of crime of all types in the small areas named, month by month
select area_code, period_start, reported_by, value, status, published, file_id
from small_area_count
where
    period_start between cast($first as date) and cast($last as date)
    and area_code in (select unnest(cast($areas as varchar [])))
order by area_code, period_start
