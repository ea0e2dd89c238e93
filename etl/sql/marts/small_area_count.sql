-- Records of crime in a small area by type, from the latest file that has the force's month, as their
-- publisher releases them: of sources that are not openly published there are none.
-- grain: area_code, measure_code, period_start, reported_by
-- area_code: small area
-- measure_code: crime type, street:…; street:all is all of them, anti-social behaviour among them
-- period_start: first day of the month
-- reported_by: force that counted; add up for the whole of an area
-- is_policed: whether that is the force that polices the area; null where no lookup says
-- value: the count
-- published: vintage
-- file_id: file that it comes from
select
    counted.area_code,
    counted.measure_code,
    counted.period_start,
    counted.reported_by,
    place.force_code = counted.reported_by as is_policed,
    counted.value,
    counted.published,
    counted.file_id
from stg_small_area_count as counted
left join stg_reported_place as place
    on
        counted.file_id = place.file_id
        and counted.source_id = place.source_id
        and counted.period_start = place.period_start
        and counted.reported_by = place.reported_by
        and counted.area_code = place.area_code
-- What is asked for is always a few areas: in this order they are found without reading the rest.
order by
    counted.area_code,
    counted.measure_code,
    counted.period_start
