-- Figures that a later publication changed, each step of the way.
-- grain: area_code, measure_code, period_kind, period_start, published, file_id
-- area_code: the area
-- measure_code: what is counted
-- period_kind: kind of period
-- period_start: first day of the period
-- published: vintage that brought the change
-- file_id: load that brought it
-- value: the figure since then
-- previous_published: vintage before
-- previous_value: the figure before
-- difference: value less previous value
with stepped as (
    select
        observation.area_code,
        observation.measure_code,
        observation.period_kind,
        observation.period_start,
        observation.published,
        observation.file_id,
        observation.value,
        lag(observation.published) over (
            partition by
                observation.area_code,
                observation.measure_code,
                observation.period_kind,
                observation.period_start
            order by observation.published, loaded.load_order
        ) as previous_published,
        lag(observation.value) over (
            partition by
                observation.area_code,
                observation.measure_code,
                observation.period_kind,
                observation.period_start
            order by observation.published, loaded.load_order
        ) as previous_value
    from stg_observation as observation
    inner join stg_load_order as loaded
        on observation.file_id = loaded.file_id
)

select
    area_code,
    measure_code,
    period_kind,
    period_start,
    published,
    file_id,
    value,
    previous_published,
    previous_value,
    value - previous_value as difference
from stepped
where previous_value is not null and value <> previous_value
