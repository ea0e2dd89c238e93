-- Counts of small areas and districts, rolled up to ward, district, partnership and force. An area
-- has a month only where the force that polices it has reported that month, and only what that
-- force counts is in it, so that an absent file is a gap and never a fall. What the file does not
-- name in such a month, between the area's first and last in it, is a zero. A force's own figure is all that it reported, wherever.
-- Never used for an area and measure that its source publishes as such.
-- grain: area_code, measure_code, period_start, file_id, source_id
-- area_code: ward, district, partnership, force, or the area for what a force could not place
-- measure_code: what is counted
-- period_start: first day of the month
-- value: the count
-- published: vintage
-- file_id: file that it comes from
-- source_id: source that read it
with parent as (
    select
        file_id,
        source_id,
        period_start,
        reported_by,
        area_code,
        ward_code as parent_code
    from stg_reported_place
    where force_code = reported_by and ward_code is not null
    union all
    select
        file_id,
        source_id,
        period_start,
        reported_by,
        area_code,
        district_code as parent_code
    from stg_reported_place
    where force_code = reported_by
    union all
    select
        file_id,
        source_id,
        period_start,
        reported_by,
        area_code,
        partnership_code as parent_code
    from stg_reported_place
    where force_code = reported_by and partnership_code is not null
    union all
    select
        file_id,
        source_id,
        period_start,
        reported_by,
        area_code,
        reported_by as parent_code
    from stg_reported_place
    union all
    select
        file_id,
        source_id,
        period_start,
        reported_by,
        area_code,
        area_code as parent_code
    from stg_reported_place
    where area_kind = 'unassigned'
),

summed as (
    select
        parent.parent_code,
        reported.measure_code,
        reported.period_start,
        reported.file_id,
        reported.source_id,
        sum(reported.value) as value
    from stg_reported_count as reported
    inner join parent
        on
            reported.file_id = parent.file_id
            and reported.source_id = parent.source_id
            and reported.period_start = parent.period_start
            and reported.reported_by = parent.reported_by
            and reported.area_code = parent.area_code
    group by
        parent.parent_code,
        reported.measure_code,
        reported.period_start,
        reported.file_id,
        reported.source_id
),

reporting as (
    select distinct
        file_id,
        source_id,
        reported_by,
        period_start,
        published
    from stg_reported_count
),

area_of_file as (
    select
        parent.file_id,
        parent.source_id,
        parent.reported_by,
        parent.parent_code,
        min(parent.period_start) as first_month,
        max(parent.period_start) as last_month
    from parent
    group by
        parent.file_id,
        parent.source_id,
        parent.reported_by,
        parent.parent_code
),

measure_of_month as (
    select distinct
        file_id,
        source_id,
        period_start,
        measure_code
    from stg_reported_count
),

published_as_such as (
    select distinct
        area_code,
        measure_code,
        source_id
    from source_observation
    where reported_by = '' and period_kind = 'month' and not illustrative
)

select
    area_of_file.parent_code as area_code,
    measure_of_month.measure_code,
    reporting.period_start,
    coalesce(summed.value, cast(0 as double)) as value,
    reporting.published,
    reporting.file_id,
    reporting.source_id
from reporting
inner join area_of_file
    on
        reporting.file_id = area_of_file.file_id
        and reporting.source_id = area_of_file.source_id
        and reporting.reported_by = area_of_file.reported_by
        and reporting.period_start >= area_of_file.first_month
        and reporting.period_start <= area_of_file.last_month
inner join measure_of_month
    on
        reporting.file_id = measure_of_month.file_id
        and reporting.source_id = measure_of_month.source_id
        and reporting.period_start = measure_of_month.period_start
left join summed
    on
        area_of_file.parent_code = summed.parent_code
        and measure_of_month.measure_code = summed.measure_code
        and reporting.period_start = summed.period_start
        and reporting.file_id = summed.file_id
        and reporting.source_id = summed.source_id
left join published_as_such
    on
        area_of_file.parent_code = published_as_such.area_code
        and measure_of_month.measure_code = published_as_such.measure_code
        and area_of_file.source_id = published_as_such.source_id
where published_as_such.area_code is null
