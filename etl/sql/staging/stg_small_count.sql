-- Figures under their threshold, in the latest vintage or in any before; of protected sources alone.
-- grain: indicator_id, area_code, source_id, period_kind, period_start
-- indicator_id: the indicator
-- area_code: the area
-- source_id: the source
-- period_kind: kind of period
-- period_start: first day of the period
with vintage as (
    select
        indicator_id,
        area_code,
        source_id,
        period_kind,
        period_start,
        numerator
    from stg_indicator_vintage
    union all
    select
        indicator_id,
        area_code,
        source_id,
        period_kind,
        period_start,
        numerator
    from stg_indicator_period
)

select distinct
    vintage.indicator_id,
    vintage.area_code,
    vintage.source_id,
    vintage.period_kind,
    vintage.period_start
from vintage
inner join stg_count_threshold as rule
    on
        vintage.indicator_id = rule.indicator_id
        and vintage.area_code = rule.area_code
        and vintage.source_id = rule.source_id
        and vintage.period_kind = rule.period_kind
where vintage.numerator > 0 and vintage.numerator < rule.threshold
