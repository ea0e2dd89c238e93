-- Figures that could give a small count away: all of its force, a year around it, and the forces
-- and countries above. None where there is no small count, and no offence without a threshold: see
-- stg_unruled_offence. Figures that are shown as they are stand among them, for what they tell.
-- grain: indicator_id, area_code, source_id, period_kind, period_start
-- indicator_id: the indicator
-- aggregation: sum or last
-- area_code: the area
-- source_id: the source
-- alternative: position of what it is made of in the indicator's file
-- period_kind: kind of period
-- period_start: first day of the period
-- numerator: the figure
-- threshold: counts from 1 up to below this are not shown; 0 for none
-- is_small: whether it is under its threshold, now or in an earlier vintage
-- is_small_area: whether the area is a ward or smaller
-- is_open: whether it is shown as it is, whatever it gives away
with family as (
    select
        rooted.area_code,
        rooted.root,
        coalesce(area.area_kind, '') in ('ward', 'lsoa', 'small') as is_small_area,
        case when area.area_kind in ('force', 'country') then 1 else 0 end as is_above
    from stg_area_root as rooted
    left join area
        on rooted.area_code = area.area_code
),

around as (
    select distinct
        coalesce(family.root, small.area_code) as root,
        12 * extract(year from small.period_start)
        + extract(month from small.period_start) as month
    from stg_small_count as small
    left join family
        on small.area_code = family.area_code
),

month_around as (
    select
        root,
        min(month) - 24 as first_month,
        max(month) + 24 as last_month
    from around
    group by root
),

everywhere as (
    select
        min(first_month) as first_month,
        max(last_month) as last_month
    from month_around
)

select
    figure.indicator_id,
    indicator.aggregation,
    figure.area_code,
    figure.source_id,
    figure.alternative,
    figure.period_kind,
    figure.period_start,
    figure.numerator,
    coalesce(rule.threshold, 0) as threshold,
    small.indicator_id is not null as is_small,
    coalesce(family.is_small_area, false) as is_small_area,
    protected.area_code is null as is_open
from stg_indicator_period as figure
inner join source_indicator as indicator
    on figure.indicator_id = indicator.id
cross join everywhere
left join family
    on figure.area_code = family.area_code
left join month_around
    on coalesce(family.root, figure.area_code) = month_around.root
left join stg_count_threshold as rule
    on
        figure.indicator_id = rule.indicator_id
        and figure.area_code = rule.area_code
        and figure.source_id = rule.source_id
        and figure.period_kind = rule.period_kind
left join stg_small_count as small
    on
        figure.indicator_id = small.indicator_id
        and figure.area_code = small.area_code
        and figure.source_id = small.source_id
        and figure.period_kind = small.period_kind
        and figure.period_start = small.period_start
left join stg_protected_area as protected
    on
        figure.source_id = protected.source_id
        and figure.area_code = protected.area_code
left join stg_unruled_offence as unruled
    on figure.indicator_id = unruled.indicator_id
where
    figure.numerator is not null
    and unruled.indicator_id is null
    and indicator.unit <> 'percent'
    and 12 * extract(year from figure.period_start) + extract(month from figure.period_start)
    >= case
        when family.is_above = 1 then everywhere.first_month
        else month_around.first_month
    end
    and 12 * extract(year from figure.period_start) + extract(month from figure.period_start)
    <= case
        when family.is_above = 1 then everywhere.last_month
        else month_around.last_month
    end
