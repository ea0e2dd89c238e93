-- periods in which figures of an area's indicators are held as suspected gaps
select * from indicator_gap where area_code = $area order by indicator_id, period_start
