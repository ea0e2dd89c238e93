-- Records of crime in a small area, from the latest file that has the force's month.
-- grain: area_code, measure_code, period_start, reported_by
-- area_code: small area
-- measure_code: crime type, street:…
-- period_start: first day of the month
-- reported_by: force that counted; add up for the whole of an area
-- value: the count
-- published: vintage
-- file_id: file that it comes from
with ordered as (
    select
        file_id,
        source_id,
        reported_by,
        period_start,
        row_number() over (
            partition by reported_by, period_start order by published desc, file_id desc
        ) as vintage
    from stg_reported_count
    where area_kind = 'lsoa'
    group by
        file_id,
        source_id,
        reported_by,
        period_start,
        published
)

select
    reported.area_code,
    reported.measure_code,
    reported.period_start,
    reported.reported_by,
    reported.value,
    reported.published,
    reported.file_id
from stg_reported_count as reported
inner join ordered
    on
        reported.file_id = ordered.file_id
        and reported.source_id = ordered.source_id
        and reported.reported_by = ordered.reported_by
        and reported.period_start = ordered.period_start
        and ordered.vintage = 1
where reported.area_kind = 'lsoa'
