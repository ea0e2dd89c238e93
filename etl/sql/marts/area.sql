-- Areas that figures are counted for.
-- grain: area_code
-- area_code: ONS code; "unassigned:…" and "other:…" for rows that have none
-- area_name: name, from the latest file that describes it
-- area_kind: partnership, force, region, country, unassigned, other or comparator
-- force_code: police force that it lies in
-- force_name: name of that force
-- local_authority_codes: authorities that make it up, separated by ";"
-- illustrative: whether it is made up
with ordered as (
    select
        *,
        row_number() over (partition by area_code order by precedence desc) as choice
    from source_area
)

select
    area_code,
    area_name,
    area_kind,
    force_code,
    force_name,
    local_authority_codes,
    illustrative
from ordered
where choice = 1
