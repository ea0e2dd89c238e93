-- Which local authorities make up a partnership or force, as far as a figure is known of them.
-- grain: area_code, authority_code
-- area_code: the partnership or force
-- authority_code: one of its authorities
-- authorities_needed: how many make it up
-- areas_of_authority: how many areas of the same kind the authority lies in
with authority as (
    select distinct area_code as authority_code
    from stg_lasting_denominator
    where pool <> 'illustrative'
)

select
    area.area_code,
    authority.authority_code,
    length(area.local_authority_codes)
    - length(replace(area.local_authority_codes, ';', '')) + 1 as authorities_needed,
    count(*) over (
        partition by area.area_kind, authority.authority_code
    ) as areas_of_authority
from area
inner join authority
    on
        concat(';', area.local_authority_codes, ';')
        like concat('%;', authority.authority_code, ';%')
where area.area_kind in ('partnership', 'force')
