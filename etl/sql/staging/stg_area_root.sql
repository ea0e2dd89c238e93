-- The force that an area with figures lies in, through the areas that it lies in; the area at the
-- top where no force is known. Figures of areas with one root may add up to one another.
-- grain: area_code
-- area_code: the area
-- root: the force, or the largest area
with counted as (
    select distinct area_code
    from stg_indicator_period
),

upwards as (
    select
        link.area_code,
        min(link.parent_code) as parent_code
    from area_link as link
    inner join counted
        on link.area_code = counted.area_code
    where link.area_kind <> link.parent_kind and link.parent_kind <> 'ward'
    group by link.area_code
    union
    select
        counted.area_code,
        min(area.area_code) as parent_code
    from area
    inner join counted
        on
            concat(';', area.local_authority_codes, ';')
            like concat('%;', counted.area_code, ';%')
    where area.area_kind = 'partnership' and area.area_code <> counted.area_code
    group by counted.area_code
),

known as (
    select
        area_code,
        force_code as root
    from area
    where force_code <> ''
),

once as (
    select
        upwards.area_code,
        max(coalesce(known.root, upwards.parent_code)) as root
    from upwards
    left join known
        on upwards.parent_code = known.area_code
    group by upwards.area_code
),

twice as (
    select
        upwards.area_code,
        max(coalesce(once.root, upwards.parent_code)) as root
    from upwards
    left join once
        on upwards.parent_code = once.area_code
    group by upwards.area_code
)

select
    counted.area_code,
    coalesce(known.root, twice_known.root, twice.root, once.root, counted.area_code) as root
from counted
left join known
    on counted.area_code = known.area_code
left join twice
    on counted.area_code = twice.area_code
left join known as twice_known
    on twice.root = twice_known.area_code
left join once
    on counted.area_code = once.area_code
