-- Areas whose small counts this installation may show, as its setting says: a partnership, the
-- local authorities that make it up and lie in no other, their wards and smaller areas. None where
-- nothing is set.
-- grain: area_code
-- area_code: the area
with authority as (
    select
        part.area_code,
        max(case when entitled.area_code is null then 0 else 1 end) as is_own,
        count(distinct whole.area_code) as partnerships
    from (
        select area_code
        from area
        where area_kind = 'district'
        union
        select parent_code as area_code
        from area_link
        where parent_kind = 'district'
    ) as part
    cross join source_entitled_partnership as asked
    inner join area as whole
        on
            concat(';', whole.local_authority_codes, ';')
            like concat('%;', part.area_code, ';%')
            and whole.area_kind = 'partnership'
    left join source_entitled_partnership as entitled
        on whole.area_code = entitled.area_code
    where asked.area_code <> ''
    group by part.area_code
),

own as (
    select area_code
    from authority
    where is_own = 1 and partnerships = 1
)

select area_code
from source_entitled_partnership
union
select area_code
from own
union
select link.area_code
from area_link as link
inner join own
    on link.parent_code = own.area_code
where link.area_kind in ('ward', 'lsoa', 'small')
