-- Records of crime of all types in a small area, from the latest file that has the force's month.
-- Types are not published: nearly all of their counts are small, and with the total they would give
-- one another away. Where small counts are left out so is the next larger one of the force's month,
-- so that the month's records do not tell
-- them; and every count where none is larger.
-- grain: area_code, measure_code, period_start, reported_by
-- area_code: small area
-- measure_code: street:all
-- period_start: first day of the month
-- reported_by: force that counted; add up for the whole of an area
-- value: the count; null when it is suppressed
-- status: suppressed, or final
-- published: vintage
-- file_id: file that it comes from
with counted as (
    select *
    from stg_small_area_count
    where measure_code = 'street:all'
),

small as (
    select
        reported_by,
        period_start,
        max(value) as largest
    from counted
    group by reported_by, period_start
    having sum(case when value > 0 and value < 5 then 1 else 0 end) > 0
),

-- 8 can be 3 less and is still not under 5, as a small count can be 3 more: see disclosure.md.
ordered as (
    select
        counted.*,
        small.largest,
        row_number() over (
            partition by counted.reported_by, counted.period_start
            order by
                case when counted.value >= 8 then 0 else 1 end,
                counted.value,
                counted.area_code
        ) as choice
    from counted
    left join small
        on
            counted.reported_by = small.reported_by
            and counted.period_start = small.period_start
)

select
    area_code,
    measure_code,
    period_start,
    reported_by,
    case when largest is null or (largest >= 8 and value >= 5 and choice > 1) then value end as value,
    case
        when largest is null or (largest >= 8 and value >= 5 and choice > 1) then 'final'
        else 'suppressed'
    end as status,
    published,
    file_id
from ordered
