-- Small areas month by month, as the force that polices them counts: what it does not name between
-- the area's first and last month, in a month that it has reported, is a zero.
-- grain: area_code, period_start
-- area_code: small area
-- period_start: first day of the month
-- value: the count; null when it is suppressed
-- is_shown: whether it is not
-- published: vintage
-- file_id: file that it comes from
-- source_id: source that read it
with own as (
    select *
    from stg_small_area_total
    where is_policed
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
    case
        when own.area_code is null then cast(0 as double)
        when own.is_shown then own.value
    end as value,
    coalesce(own.is_shown, true) as is_shown,
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
