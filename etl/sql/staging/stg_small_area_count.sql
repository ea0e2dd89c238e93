-- Records of crime in a small area, from the latest file that has the force's month; of openly
-- published sources alone, since most are small counts.
-- grain: area_code, measure_code, period_start, reported_by
-- area_code: small area
-- measure_code: crime type, street:…
-- period_start: first day of the month
-- reported_by: force that counted; add up for the whole of an area
-- value: the count
-- published: vintage
-- file_id: file that it comes from
-- source_id: source that read it
with ordered as (
    select
        counted.file_id,
        counted.source_id,
        counted.reported_by,
        counted.period_start,
        row_number() over (
            partition by counted.reported_by, counted.period_start
            order by counted.published desc, loaded.load_order desc
        ) as vintage
    from stg_reported_count as counted
    inner join stg_load_order as loaded
        on counted.file_id = loaded.file_id
    inner join stg_open_source as opened
        on counted.source_id = opened.source_id
    where counted.area_kind = 'lsoa'
    group by
        counted.file_id,
        counted.source_id,
        counted.reported_by,
        counted.period_start,
        counted.published,
        loaded.load_order
)

select
    reported.area_code,
    reported.measure_code,
    reported.period_start,
    reported.reported_by,
    reported.value,
    reported.published,
    reported.file_id,
    reported.source_id
from stg_reported_count as reported
inner join ordered
    on
        reported.file_id = ordered.file_id
        and reported.source_id = ordered.source_id
        and reported.reported_by = ordered.reported_by
        and reported.period_start = ordered.period_start
        and ordered.vintage = 1
where reported.area_kind = 'lsoa'
