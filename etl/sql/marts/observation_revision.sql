-- Figures that a later publication changed, each step of the way; of protected sources without those
-- of periods in which an indicator that they count for is suppressed, and without small counts.
-- grain: area_code, measure_code, source_id, period_kind, period_start, published, file_id
-- area_code: the area
-- measure_code: what is counted
-- source_id: the source, which is always that of the figure before
-- period_kind: kind of period
-- period_start: first day of the period
-- published: vintage that brought the change
-- file_id: load that brought it
-- value: the figure since then
-- previous_published: vintage before
-- previous_value: the figure before
-- difference: value less previous value
with measure_of_indicator as (
    select distinct
        indicator_id,
        measure_code
    from source_numerator
),

hidden as (
    select distinct
        measure.measure_code,
        cell.area_code,
        cell.first_month,
        cell.months
    from stg_hidden_span as cell
    inner join measure_of_indicator as measure
        on cell.indicator_id = measure.indicator_id
),

stepped as (
    select
        observation.area_code,
        observation.measure_code,
        observation.source_id,
        observation.period_kind,
        observation.period_start,
        observation.published,
        observation.file_id,
        observation.value,
        lag(observation.published) over (
            partition by
                observation.area_code,
                observation.measure_code,
                observation.source_id,
                observation.period_kind,
                observation.period_start
            order by observation.published, loaded.load_order
        ) as previous_published,
        lag(observation.value) over (
            partition by
                observation.area_code,
                observation.measure_code,
                observation.source_id,
                observation.period_kind,
                observation.period_start
            order by observation.published, loaded.load_order
        ) as previous_value
    from stg_observation as observation
    inner join stg_repeated_period as repeated
        on
            observation.area_code = repeated.area_code
            and observation.source_id = repeated.source_id
            and observation.period_kind = repeated.period_kind
            and observation.period_start = repeated.period_start
    inner join stg_load_order as loaded
        on observation.file_id = loaded.file_id
),

changed as (
    select
        *,
        12 * extract(year from period_start) + extract(month from period_start) as first_month,
        case period_kind when 'month' then 1 when 'quarter' then 3 else 12 end as months
    from stepped
    where previous_value is not null and value <> previous_value
),

told as (
    select distinct
        changed.area_code,
        changed.measure_code,
        changed.source_id,
        changed.period_kind,
        changed.period_start
    from changed
    inner join stg_protected_area as protected
        on
            changed.source_id = protected.source_id
            and changed.area_code = protected.area_code
    inner join hidden
        on
            changed.area_code = hidden.area_code
            and changed.measure_code = hidden.measure_code
            and changed.first_month < hidden.first_month + hidden.months
            and hidden.first_month < changed.first_month + changed.months
    union
    select
        changed.area_code,
        changed.measure_code,
        changed.source_id,
        changed.period_kind,
        changed.period_start
    from changed
    inner join stg_measure_threshold as rule
        on
            changed.area_code = rule.area_code
            and changed.measure_code = rule.measure_code
            and changed.source_id = rule.source_id
    where
        (changed.value > 0 and changed.value < rule.threshold)
        or (changed.previous_value > 0 and changed.previous_value < rule.threshold)
)

select
    changed.area_code,
    changed.measure_code,
    changed.source_id,
    changed.period_kind,
    changed.period_start,
    changed.published,
    changed.file_id,
    changed.value,
    changed.previous_published,
    changed.previous_value,
    changed.value - changed.previous_value as difference
from changed
left join told
    on
        changed.area_code = told.area_code
        and changed.measure_code = told.measure_code
        and changed.source_id = told.source_id
        and changed.period_kind = told.period_kind
        and changed.period_start = told.period_start
where told.area_code is null
