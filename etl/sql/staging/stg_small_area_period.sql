-- Small areas month by month, as the force that polices them counts: what it does not name between
-- the area's first and last month, in a month that it has reported, is a zero.
-- grain: area_code, period_start
-- area_code: small area
-- period_start: first day of the month
-- value: the count
-- published: vintage
-- file_id: file that it comes from
-- source_id: source that read it
with own as (
    select counted.*
    from stg_small_area_count as counted
    inner join stg_reported_place as place
        on
            counted.file_id = place.file_id
            and counted.source_id = place.source_id
            and counted.period_start = place.period_start
            and counted.reported_by = place.reported_by
            and counted.area_code = place.area_code
    where counted.measure_code = 'street:all' and place.force_code = counted.reported_by
),

span as (
    select
        area_code,
        reported_by,
        min(period_start) as first_month,
        max(period_start) as last_month
    from own
    group by area_code, reported_by
),

reported as (
    select
        reported_by,
        period_start,
        max(published) as published,
        max(file_id) as file_id,
        max(source_id) as source_id
    from own
    group by reported_by, period_start
)

select
    span.area_code,
    reported.period_start,
    coalesce(own.value, cast(0 as double)) as value,
    reported.published,
    reported.file_id,
    reported.source_id
from span
inner join reported
    on
        span.reported_by = reported.reported_by
        and span.first_month <= reported.period_start
        and span.last_month >= reported.period_start
left join own
    on
        span.area_code = own.area_code
        and span.reported_by = own.reported_by
        and reported.period_start = own.period_start
