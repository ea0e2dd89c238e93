-- What a force reported in a month, and how much of it could be placed: nothing is left out.
-- grain: force_code, month, file_id, source_id
-- force_code: force that counted
-- month: first day of the month
-- records: all it reported
-- in_own_area: in an area that it polices
-- in_other_area: in the area of another force
-- in_unknown_area: in a small area that no loaded lookup knows
-- without_place: without a small area
-- published: vintage
-- file_id: file that it comes from
-- source_id: source that read it
select
    place.reported_by as force_code,
    place.period_start as month,
    sum(reported.value) as records,
    sum(case when place.force_code = place.reported_by then reported.value else 0 end)
        as in_own_area,
    sum(case when place.force_code <> place.reported_by then reported.value else 0 end)
        as in_other_area,
    sum(
        case
            when place.force_code is null and place.area_kind <> 'unassigned' then reported.value
            else 0
        end
    ) as in_unknown_area,
    sum(case when place.area_kind = 'unassigned' then reported.value else 0 end) as without_place,
    reported.published,
    place.file_id,
    place.source_id
from stg_reported_place as place
inner join stg_reported_count as reported
    on
        place.file_id = reported.file_id
        and place.source_id = reported.source_id
        and place.period_start = reported.period_start
        and place.reported_by = reported.reported_by
        and place.area_code = reported.area_code
where reported.measure_code = 'street:all'
group by
    place.reported_by,
    place.period_start,
    reported.published,
    place.file_id,
    place.source_id
