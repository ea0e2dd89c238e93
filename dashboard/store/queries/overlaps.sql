-- counts of two sources of the same indicator, area and months; of one area, or of all
select
    source_overlap.*,
    indicator.title,
    area.area_name
from source_overlap
inner join indicator on source_overlap.indicator_id = indicator.indicator_id
left join area on source_overlap.area_code = area.area_code
where
    ($area = '' or source_overlap.area_code = $area)
    and ($indicator = '' or source_overlap.indicator_id = $indicator)
order by
    area.area_name,
    source_overlap.indicator_id,
    source_overlap.period_start,
    source_overlap.months,
    source_overlap.alternative_a,
    source_overlap.alternative_b
