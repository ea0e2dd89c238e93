-- The district and ward of a small area in a file's month, by the codes of the right year; a code
-- which that year does not know goes by the latest year that does.
-- grain: file_id, source_id, period_start, area_code
-- file_id: the file
-- source_id: source that read it
-- period_start: first day of the month
-- area_code: small area, or a district itself
-- district_code: district that it lies in, or is
-- ward_code: ward that it lies in; null where no lookup of its codes has wards
with area_of_month as (
    select distinct
        file_id,
        source_id,
        period_start,
        area_code,
        area_kind
    from stg_reported_count
    where area_kind in ('lsoa', 'district')
),

linked as (
    select
        area_of_month.file_id,
        area_of_month.source_id,
        area_of_month.period_start,
        area_of_month.area_code,
        district.parent_code as district_code,
        ward.parent_code as ward_code,
        row_number() over (
            partition by
                area_of_month.file_id,
                area_of_month.source_id,
                area_of_month.period_start,
                area_of_month.area_code
            order by
                case when district.vintage = codes.vintage then 0 else 1 end,
                district.vintage desc
        ) as choice
    from area_of_month
    inner join stg_small_area_codes as codes
        on
            area_of_month.file_id = codes.file_id
            and area_of_month.source_id = codes.source_id
            and area_of_month.period_start = codes.period_start
    inner join area_link as district
        on area_of_month.area_code = district.area_code and district.parent_kind = 'district'
    left join area_link as ward
        on
            area_of_month.area_code = ward.area_code
            and ward.parent_kind = 'ward'
            and district.vintage = ward.vintage
    where area_of_month.area_kind = 'lsoa'
)

select
    file_id,
    source_id,
    period_start,
    area_code,
    district_code,
    ward_code
from linked
where choice = 1
union all
select
    file_id,
    source_id,
    period_start,
    area_code,
    area_code as district_code,
    cast(null as varchar) as ward_code
from area_of_month
where area_kind = 'district'
