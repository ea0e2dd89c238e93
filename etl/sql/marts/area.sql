-- Areas that figures are counted for.
-- grain: area_code
-- area_code: ONS code; "unassigned:…" and "other:…" for rows that have none
-- area_name: name, from the latest file that describes it; the code where no file names it
-- area_kind: partnership, force, region, country, district, unassigned, other or comparator
-- force_code: police force that it lies in
-- force_name: name of that force
-- local_authority_codes: authorities that make it up, separated by ";", from the latest file
--   that gives any
-- illustrative: whether it is made up
with ordered as (
    select
        *,
        row_number() over (
            partition by area_code
            order by case when area_name = area_code then 1 else 0 end, precedence desc
        ) as choice,
        first_value(local_authority_codes) over (
            partition by area_code
            order by case when local_authority_codes = '' then 1 else 0 end, precedence desc
        ) as known_authority_codes
    from source_area
)

select
    area_code,
    area_name,
    area_kind,
    force_code,
    force_name,
    known_authority_codes as local_authority_codes,
    illustrative
from ordered
where choice = 1
