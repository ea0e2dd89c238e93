-- Records of crime of all types in a small area, and whether they are shown. Types are not: nearly
-- all of their counts are small, and with the total they would give one another away.
-- Small areas add up to their ward, whose crime and anti-social behaviour are published, or to their
-- district where no lookup has wards. Small counts go, with the next larger one of the same ward, so
-- that its total does not tell them; and every count where none is larger. So it is, too, where a
-- figure of the ward itself is suppressed, which they would tell.
-- grain: area_code, period_start, reported_by
-- area_code: small area
-- period_start: first day of the month
-- reported_by: force that counted
-- is_policed: whether the area lies in that force's own; null where no lookup says
-- value: the count; never published where it is not shown
-- is_shown: whether it may be
-- published: vintage
-- file_id: file that it comes from
-- source_id: source that read it
with placed as (
    select
        counted.*,
        place.force_code = counted.reported_by as is_policed,
        coalesce(place.ward_code, place.district_code, '') as parent_code
    from stg_small_area_count as counted
    left join stg_reported_place as place
        on
            counted.file_id = place.file_id
            and counted.source_id = place.source_id
            and counted.period_start = place.period_start
            and counted.reported_by = place.reported_by
            and counted.area_code = place.area_code
    where counted.measure_code = 'street:all'
),

-- The total of the records: the two figures of a ward or district that make it up.
without_total as (
    select distinct
        area_code,
        period_start
    from stg_suppressed_cell
    where
        indicator_id in ('all_crime', 'anti_social_behaviour_incidents')
        and period_kind = 'month'
),

grouped as (
    select
        placed.parent_code,
        placed.reported_by,
        placed.period_start,
        max(placed.value) as largest
    from placed
    left join without_total
        on
            placed.parent_code = without_total.area_code
            and placed.period_start = without_total.period_start
    group by placed.parent_code, placed.reported_by, placed.period_start
    having
        sum(case when placed.value > 0 and placed.value < 5 then 1 else 0 end) > 0
        or max(without_total.area_code) is not null
),

-- 8 can be 3 less and is still not under 5, as a small count can be 3 more: see disclosure.md.
ordered as (
    select
        placed.*,
        grouped.largest,
        row_number() over (
            partition by placed.parent_code, placed.reported_by, placed.period_start
            order by
                case when placed.value >= 8 then 0 else 1 end,
                placed.value,
                placed.area_code
        ) as choice
    from placed
    left join grouped
        on
            placed.parent_code = grouped.parent_code
            and placed.reported_by = grouped.reported_by
            and placed.period_start = grouped.period_start
)

select
    area_code,
    period_start,
    reported_by,
    is_policed,
    value,
    largest is null or (largest >= 8 and value >= 5 and choice > 1) as is_shown,
    published,
    file_id,
    source_id
from ordered
