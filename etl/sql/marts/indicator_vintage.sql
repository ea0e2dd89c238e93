-- What was known of an indicator in an area and period, from each publication that changed it on.
-- grain: indicator_id, area_code, source_id, period_kind, period_start, published
-- indicator_id: the indicator
-- area_code: the area
-- source_id: the source; illustrative, of made-up figures
-- period_kind: month, quarter, year, rolling_year or survey_wave
-- period_start: first day of the period
-- published: vintage since which it was known so
-- numerator: the sum of its parts, as indicator_period has it, from figures of that vintage and
--   earlier; vintages in which a part is missing are left out; null where any
--   vintage is suppressed
-- previous_published: vintage before; null for the first
-- previous_numerator: what was known before; null for the first
select
    figure.indicator_id,
    figure.area_code,
    figure.source_id,
    figure.period_kind,
    figure.period_start,
    figure.published,
    case when hidden.indicator_id is null then figure.numerator end as numerator,
    figure.previous_published,
    case when hidden.indicator_id is null then figure.previous_numerator end as previous_numerator
from stg_indicator_vintage as figure
left join stg_suppressed_cell as hidden
    on
        figure.indicator_id = hidden.indicator_id
        and figure.area_code = hidden.area_code
        and figure.source_id = hidden.source_id
        and figure.period_kind = hidden.period_kind
        and figure.period_start = cast(hidden.period_start as date)
