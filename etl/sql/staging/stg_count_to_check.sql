-- Counts whose gaps would show: monthly and quarterly, of areas that events are spread over evenly
-- enough. Surveys, stocks, percentages and denominators are no counts; small areas, where zero is
-- usual, and what lies in no place are left out; made-up figures have no outages.
-- grain: area_code, measure_code, source_id, period_kind, period_start
-- area_code: area that the figure is of
-- source_id: source of the figure
-- force_code: police force whose areas are its neighbours; a force is its own, beside the others
-- panel: scheme of the measure and kind of area: only figures of one panel are compared
-- measure_code: what is counted
-- period_kind: month or quarter
-- period_start: first day of the period
-- value: the figure
-- file_id: file that it comes from
with not_added_up as (
    select distinct numerator.measure_code
    from source_numerator as numerator
    inner join source_indicator as indicator
        on numerator.indicator_id = indicator.id
    where indicator.unit = 'percent' or indicator.aggregation <> 'sum'
)

select
    observation.area_code,
    observation.source_id,
    case
        when area.area_kind = 'force' then area.area_code else area.force_code
    end as force_code,
    split_part(observation.measure_code, ':', 1) || ' ' || area.area_kind as panel,
    observation.measure_code,
    observation.period_kind,
    observation.period_start,
    observation.value,
    observation.file_id
from stg_latest_observation as observation
inner join area
    on observation.area_code = area.area_code
left join not_added_up
    on observation.measure_code = not_added_up.measure_code
where
    not observation.illustrative
    and observation.period_kind in ('month', 'quarter')
    and area.area_kind in ('partnership', 'district', 'force', 'comparator')
    and not_added_up.measure_code is null
    and observation.measure_code not like 'survey:%'
    and observation.measure_code not in ('ons:population', 'ons:households')
