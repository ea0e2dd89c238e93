-- Counts that several bodies share in: each is of one force, in one small area or district.
-- grain: area_code, measure_code, period_start, reported_by, file_id, source_id
-- area_code: small area, district, or the area for what a force could not place
-- area_kind: lsoa, district or unassigned
-- measure_code: what is counted
-- period_start: first day of the month
-- reported_by: force that counted
-- value: the count
-- published: vintage
-- file_id: file that it comes from
-- source_id: source that read it
select
    observation.area_code,
    area.area_kind,
    observation.measure_code,
    cast(observation.period_start as date) as period_start,
    observation.reported_by,
    sum(observation.value) as value,
    cast(observation.published as date) as published,
    observation.file_id,
    observation.source_id
from source_observation as observation
inner join area
    on observation.area_code = area.area_code
where
    observation.reported_by <> ''
    and observation.period_kind = 'month'
    and not observation.illustrative
group by
    observation.area_code,
    area.area_kind,
    observation.measure_code,
    observation.period_start,
    observation.reported_by,
    observation.published,
    observation.file_id,
    observation.source_id
