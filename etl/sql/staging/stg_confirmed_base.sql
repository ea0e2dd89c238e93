-- Figures that a published change implies and that say nothing new: the one published before is
-- among those that give the change, as rounded. It stands, with its own date.
-- grain: area_code, measure_code, period_kind, period_start, file_id, source_id
-- area_code: area that the figure is of
-- measure_code: what is counted
-- period_kind: kind of period
-- period_start: first day of the period
-- file_id: file with the change
-- source_id: source that read it
with implied as (
    select
        observation.*,
        loaded.load_order
    from source_observation as observation
    inner join stg_load_order as loaded
        on observation.file_id = loaded.file_id
    where observation.status = 'implied'
),

ordered as (
    select
        implied.area_code,
        implied.measure_code,
        implied.period_kind,
        implied.period_start,
        implied.file_id,
        implied.source_id,
        implied.lower,
        implied.upper,
        figure.value,
        row_number() over (
            partition by
                implied.area_code,
                implied.measure_code,
                implied.period_kind,
                implied.period_start,
                implied.file_id,
                implied.source_id
            order by figure.published desc, loaded.load_order desc
        ) as recency
    from implied
    inner join source_observation as figure
        on
            implied.area_code = figure.area_code
            and implied.measure_code = figure.measure_code
            and implied.period_kind = figure.period_kind
            and implied.period_start = figure.period_start
            and implied.source_id = figure.source_id
            and implied.illustrative = figure.illustrative
            and implied.published >= figure.published
            and figure.status <> 'implied'
    inner join stg_load_order as loaded
        on figure.file_id = loaded.file_id
)

select
    area_code,
    measure_code,
    period_kind,
    cast(period_start as date) as period_start,
    file_id,
    source_id
from ordered
where recency = 1 and value >= lower and value <= upper
