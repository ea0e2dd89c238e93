-- every series of one area: what is known of each, without its figures
select *
from series
where area_code = $area
order by indicator_id, alternative, period_kind, source_id
