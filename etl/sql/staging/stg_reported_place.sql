-- Where the counts of a force lie: the larger areas that it, and it alone, polices.
-- grain: file_id, source_id, period_start, reported_by, area_code
-- file_id: the file
-- source_id: source that read it
-- period_start: first day of the month
-- reported_by: force that counted
-- area_code: small area, district, or the area for what the force could not place
-- area_kind: lsoa, district or unassigned
-- district_code: district in which it lies; null where no lookup says
-- ward_code: ward in which it lies; null where no lookup says
-- partnership_code: partnership in which it lies; null where its district lies in several, or
--   where a part of the partnership lies in such a district
-- force_code: force that polices it; null where no lookup says
with district as (
    select
        district_code,
        max(force_code) as force_code,
        max(case when partnerships = 1 then partnership_code end) as partnership_code
    from stg_district_parent
    group by district_code
),

placed as (
    select distinct
        reported.file_id,
        reported.source_id,
        reported.period_start,
        reported.reported_by,
        reported.area_code,
        reported.area_kind,
        place.district_code,
        place.ward_code,
        district.partnership_code,
        district.force_code
    from stg_reported_count as reported
    left join stg_small_area_place as place
        on
            reported.file_id = place.file_id
            and reported.source_id = place.source_id
            and reported.period_start = place.period_start
            and reported.area_code = place.area_code
    left join district
        on place.district_code = district.district_code
),

split as (
    select distinct
        placed.file_id,
        placed.source_id,
        placed.period_start,
        parent.partnership_code
    from placed
    inner join stg_district_parent as parent
        on placed.district_code = parent.district_code and parent.partnerships > 1
    where placed.force_code = placed.reported_by
)

select
    placed.file_id,
    placed.source_id,
    placed.period_start,
    placed.reported_by,
    placed.area_code,
    placed.area_kind,
    placed.district_code,
    placed.ward_code,
    case when split.partnership_code is null then placed.partnership_code end as partnership_code,
    placed.force_code
from placed
left join split
    on
        placed.file_id = split.file_id
        and placed.source_id = split.source_id
        and placed.period_start = split.period_start
        and placed.partnership_code = split.partnership_code
