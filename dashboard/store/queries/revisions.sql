-- figures that a later publication changed
select observation_revision.*, area.area_name
from observation_revision
left join area using (area_code)
order by published desc, area_code, measure_code, period_start
