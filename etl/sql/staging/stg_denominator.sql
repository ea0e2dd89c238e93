-- Residents and households of every area and year: published for the area itself, or else the sum
-- of its local authorities when a figure of each is there and none is shared with another
-- partnership. Areas whose own denominators are made up take no real ones beside them.
-- grain: area_code, measure_code, denominator_year
-- area_code: the area
-- measure_code: ons:population or ons:households
-- denominator_year: year of the estimate
-- denominator: the estimate
-- denominator_note: how it came about, "" where it was published for the area and year
with made_up as (
    select distinct area_code
    from stg_lasting_denominator
    where illustrative
),

summed as (
    select
        part.area_code,
        known.measure_code,
        known.denominator_year,
        sum(known.denominator) as denominator,
        max(known.is_census) as is_census,
        max(known.is_merged) as is_merged,
        part.authorities_needed
    from stg_area_authority as part
    inner join stg_lasting_denominator as known
        on part.authority_code = known.area_code
    left join made_up
        on part.area_code = made_up.area_code
    where made_up.area_code is null
    group by
        part.area_code,
        part.authorities_needed,
        known.measure_code,
        known.denominator_year
    having
        count(*) = part.authorities_needed
        and max(part.areas_of_authority) = 1
),

together as (
    select
        area_code,
        measure_code,
        denominator_year,
        denominator,
        is_census,
        is_merged,
        0 as authorities
    from stg_lasting_denominator
    union all
    select
        summed.area_code,
        summed.measure_code,
        summed.denominator_year,
        summed.denominator,
        summed.is_census,
        summed.is_merged,
        summed.authorities_needed as authorities
    from summed
    left join stg_lasting_denominator as own
        on
            summed.area_code = own.area_code
            and summed.measure_code = own.measure_code
            and summed.denominator_year = own.denominator_year
    where own.area_code is null
)

select
    area_code,
    measure_code,
    denominator_year,
    denominator,
    concat(
        case
            when authorities > 1 and is_merged = 1
                then 'sum of its local authorities, some before they merged'
            when authorities > 1 then 'sum of its local authorities'
            when authorities = 1 and is_merged = 1 then 'of its local authority before it merged'
            when authorities = 1 then 'of its local authority'
            when is_merged = 1 then 'sum of the authorities that merged into it'
            else ''
        end,
        case when is_census = 1 and authorities + is_merged > 0 then ', ' else '' end,
        case when is_census = 1 then 'census count' else '' end
    ) as denominator_note
from together
