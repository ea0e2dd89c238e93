-- Areas that make up a larger one, where figures of them could give a small count away.
-- grain: parent_code, division, area_code
-- parent_code: the larger area
-- division: into what it is divided: kind of area, and vintage of the codes
-- area_code: one of the areas
with counted as (
    select distinct area_code
    from stg_cell_at_risk
),

part as (
    select
        parent_code,
        area_kind || ' ' || vintage as division,
        area_code
    from area_link
    union
    select
        force_code as parent_code,
        'partnership' as division,
        area_code
    from area
    where area_kind in ('partnership', 'unassigned', 'other') and force_code <> ''
    union
    select
        area.area_code as parent_code,
        'authority' as division,
        counted.area_code
    from area
    inner join counted
        on
            concat(';', area.local_authority_codes, ';')
            like concat('%;', counted.area_code, ';%')
    where area.area_kind in ('partnership', 'force')
    union
    select
        country.area_code as parent_code,
        'force' as division,
        police.area_code
    from area as country
    inner join area as police
        on
            substr(country.area_code, 1, 1) = substr(police.area_code, 1, 1)
            or country.area_code = 'K04000001'
    where country.area_kind = 'country' and police.area_kind = 'force'
)

select
    part.parent_code,
    part.division,
    part.area_code
from part
inner join counted
    on part.area_code = counted.area_code
inner join counted as parent
    on part.parent_code = parent.area_code
where part.parent_code <> part.area_code
