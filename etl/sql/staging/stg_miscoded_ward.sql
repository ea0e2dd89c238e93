-- Figures of the wards of a force in a month in which its crime types were miscoded: wards are not
-- searched for gaps, and they are what the force's districts are made of.
-- grain: area_code, measure_code, source_id, period_start
-- area_code: ward
-- measure_code: what is counted
-- source_id: source of the figures
-- period_start: first day of the month
-- value: the figure
-- reason: why the month is held
with miscoded as (
    select
        case when area.area_kind = 'force' then area.area_code else area.force_code end as force_code,
        found.source_id,
        cast(found.period_start as date) as period_start,
        min(found.reason) as reason
    from stg_found_gap as found
    inner join area
        on found.area_code = area.area_code
    where found.level = 'types'
    group by
        case when area.area_kind = 'force' then area.area_code else area.force_code end,
        found.source_id,
        cast(found.period_start as date)
),

ward as (
    select distinct
        place.ward_code,
        miscoded.source_id,
        miscoded.period_start,
        miscoded.reason
    from miscoded
    inner join stg_reported_place as place
        on
            miscoded.force_code = place.reported_by
            and miscoded.source_id = place.source_id
            and miscoded.period_start = place.period_start
    where place.force_code = place.reported_by and place.ward_code is not null
)

select
    ward.ward_code as area_code,
    observation.measure_code,
    observation.source_id,
    observation.period_start,
    observation.value,
    ward.reason
from ward
inner join stg_latest_observation as observation
    on
        ward.ward_code = observation.area_code
        and ward.source_id = observation.source_id
        and ward.period_start = observation.period_start
        and observation.period_kind = 'month'
