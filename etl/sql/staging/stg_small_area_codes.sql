-- Which year's codes of small areas a file uses in a month: the year that knows most of them.
-- grain: file_id, source_id, period_start
-- file_id: the file
-- source_id: source that read it
-- period_start: first day of the month
-- vintage: year of the codes
with area_of_month as (
    select distinct
        file_id,
        source_id,
        period_start,
        area_code
    from stg_reported_count
    where area_kind = 'lsoa'
),

known as (
    select
        area_of_month.file_id,
        area_of_month.source_id,
        area_of_month.period_start,
        link.vintage,
        count(*) as areas
    from area_of_month
    inner join area_link as link
        on area_of_month.area_code = link.area_code and link.parent_kind = 'district'
    group by
        area_of_month.file_id,
        area_of_month.source_id,
        area_of_month.period_start,
        link.vintage
),

ordered as (
    select
        *,
        row_number() over (
            partition by file_id, source_id, period_start order by areas desc, vintage desc
        ) as choice
    from known
)

select
    file_id,
    source_id,
    period_start,
    vintage
from ordered
where choice = 1
