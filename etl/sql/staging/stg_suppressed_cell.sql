-- Figures that are not published, and what is shown instead.
-- grain: indicator_id, area_code, source_id, period_kind, period_start
-- indicator_id: the indicator
-- area_code: the area
-- source_id: the source
-- period_kind: kind of period
-- period_start: first day of the period
-- suppression: fewer than 5, or suppressed
select
    indicator_id,
    area_code,
    source_id,
    period_kind,
    cast(period_start as date) as period_start,
    suppression
from stg_hidden_cell
union all
select distinct
    figure.indicator_id,
    figure.area_code,
    figure.source_id,
    figure.period_kind,
    figure.period_start,
    'suppressed' as suppression
from stg_hidden_offence as hidden
inner join stg_area_root as rooted
    on hidden.root = rooted.root
inner join stg_indicator_period as figure
    on
        hidden.indicator_id = figure.indicator_id
        and rooted.area_code = figure.area_code
        and hidden.source_id = figure.source_id
        and 12 * extract(year from figure.period_start) + extract(month from figure.period_start)
        < hidden.first_month + hidden.months
        and 12 * extract(year from figure.period_start)
        + extract(month from figure.period_start)
        + case figure.period_kind when 'month' then 1 when 'quarter' then 3 else 12 end
        > hidden.first_month
inner join stg_protected_area as protected
    on
        figure.source_id = protected.source_id
        and figure.area_code = protected.area_code
where figure.numerator is not null
