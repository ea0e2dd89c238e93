-- Suspected gaps, with what a person decided last. A person may also call a gap what was not
-- suspected; a decision holds for every source that counts the measure.
-- grain: area_code, measure_code, source_id, period_kind, period_start
-- area_code: the area
-- measure_code: what is counted
-- source_id: source of the figure; "" where a person ruled on what no source has
-- period_kind: month or quarter; as ruled, when a person called it a gap
-- period_start: first day of the period
-- value: the figure; null when there is none
-- expected: what is usual around it; null when it was not suspected, and of wards
-- level: series, area, measure (in a whole force), force, types (of crime, of a whole force), part
--   (of its total), or person
-- reason: why it is suspected
-- ruling: real, gap, or "" while nobody has decided
-- ruling_reason: why that was decided
-- ruled_by: who decided
-- ruled_at: when
with suspected as (
    select
        area_code,
        measure_code,
        source_id,
        period_kind,
        cast(period_start as date) as period_start,
        value,
        expected,
        level,
        reason
    from stg_found_gap
    union all
    select
        inherited.area_code,
        inherited.measure_code,
        inherited.source_id,
        'month' as period_kind,
        inherited.period_start,
        inherited.value,
        inherited.expected,
        'part' as level,
        inherited.reason
    from stg_inherited_gap as inherited
    left join stg_found_gap as found
        on
            inherited.area_code = found.area_code
            and inherited.measure_code = found.measure_code
            and inherited.source_id = found.source_id
            and found.period_kind = 'month'
            and inherited.period_start = cast(found.period_start as date)
    where found.area_code is null
    union all
    select
        area_code,
        measure_code,
        source_id,
        'month' as period_kind,
        period_start,
        value,
        cast(null as double) as expected,
        'types' as level,
        reason
    from stg_miscoded_ward
),

-- What a person ruled on without its being suspected, a row for each source that has the figure.
unsuspected as (
    select
        ruled.area_code,
        ruled.measure_code,
        coalesce(observation.source_id, '') as source_id,
        ruled.period_kind,
        ruled.period_start,
        observation.value,
        cast(null as double) as expected,
        'person' as level,
        'not suspected by the figures themselves' as reason
    from stg_ruling as ruled
    left join stg_latest_observation as observation
        on
            ruled.area_code = observation.area_code
            and ruled.measure_code = observation.measure_code
            and ruled.period_kind = observation.period_kind
            and ruled.period_start = observation.period_start
            and not observation.illustrative
    left join suspected
        on
            ruled.area_code = suspected.area_code
            and ruled.measure_code = suspected.measure_code
            and ruled.period_kind = suspected.period_kind
            and ruled.period_start = suspected.period_start
            and (
                observation.source_id is null or observation.source_id = suspected.source_id
            )
    where suspected.area_code is null
),

together as (
    select * from suspected
    union all
    select * from unsuspected
)

select
    together.area_code,
    together.measure_code,
    together.source_id,
    together.period_kind,
    together.period_start,
    together.value,
    together.expected,
    together.level,
    together.reason,
    coalesce(ruled.decision, '') as ruling,
    coalesce(ruled.reason, '') as ruling_reason,
    coalesce(ruled.ruled_by, '') as ruled_by,
    coalesce(ruled.ruled_at, '') as ruled_at
from together
left join stg_ruling as ruled
    on
        together.area_code = ruled.area_code
        and together.measure_code = ruled.measure_code
        and together.period_kind = ruled.period_kind
        and together.period_start = ruled.period_start
