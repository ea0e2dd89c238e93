-- The partnerships and the force of a district: by the latest lookup that has the district, or by
-- those of the district that took its place.
-- grain: district_code, partnership_code
-- district_code: the district
-- partnership_code: a partnership that all or a part of it lies in
-- force_code: its police force
-- partnerships: how many partnerships it lies in; more than one cannot be told apart
with ordered as (
    select
        partnership.area_code as district_code,
        partnership.parent_code as partnership_code,
        policed_by.parent_code as force_code,
        rank() over (
            partition by partnership.area_code order by partnership.vintage desc
        ) as age
    from area_link as partnership
    inner join area_link as policed_by
        on
            partnership.area_code = policed_by.area_code
            and partnership.vintage = policed_by.vintage
            and policed_by.parent_kind = 'force'
    where partnership.area_kind = 'district' and partnership.parent_kind = 'partnership'
),

latest as (
    select
        district_code,
        partnership_code,
        force_code
    from ordered
    where age = 1
),

inherited as (
    select
        lineage.area_code as district_code,
        successor.partnership_code,
        successor.force_code
    from area_lineage as lineage
    inner join latest as successor
        on lineage.successor_code = successor.district_code
    left join latest as own
        on lineage.area_code = own.district_code
    where own.district_code is null
),

together as (
    select
        district_code,
        partnership_code,
        force_code
    from latest
    union all
    select
        district_code,
        partnership_code,
        force_code
    from inherited
)

select
    district_code,
    partnership_code,
    force_code,
    count(*) over (partition by district_code) as partnerships
from together
