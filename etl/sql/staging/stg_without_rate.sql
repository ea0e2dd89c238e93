-- Areas of which a publisher gives no rates, having too few residents for those who are there; and the
-- same area under another code: a force of one partnership, its local authority.
-- grain: area_code
-- area_code: the area
with noted as (
    select distinct area_code
    from source_note_of_source
    where effect = 'no_rate'
),

own as (
    select area.local_authority_codes
    from area
    inner join noted
        on area.area_code = noted.area_code
    where area.local_authority_codes <> ''
)

select area_code
from noted
union
select area.area_code
from area
inner join own
    on
        area.local_authority_codes = own.local_authority_codes
        or area.area_code = own.local_authority_codes
