-- figures held as suspected gaps, and what was decided on them; of one area, or of all
select suspected_gap.*, area.area_name
from suspected_gap
left join area using (area_code)
where $area = '' or suspected_gap.area_code = $area or area.force_code = $area
order by area.area_name, suspected_gap.measure_code, suspected_gap.period_start
