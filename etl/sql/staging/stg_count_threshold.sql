-- Figures that a threshold applies to: of indicators that have one of their own; or else 5, of
-- sensitive indicators and of small areas; and of protected sources and areas alone. Percentages are
-- no counts, and what could not be put to a place tells of nobody in one: neither a force's
-- unassigned crimes nor a body without territory. An airport with figures of its own within a force
-- is a place.
-- grain: indicator_id, area_code, source_id, period_kind
-- indicator_id: the indicator
-- area_code: the area
-- source_id: the source
-- period_kind: kind of period
-- threshold: counts from 1 up to below this are not shown
with series as (
    select distinct
        figure.indicator_id,
        figure.area_code,
        figure.source_id,
        figure.period_kind
    from stg_indicator_period as figure
    inner join stg_protected_area as protected
        on
            figure.source_id = protected.source_id
            and figure.area_code = protected.area_code
)

select
    series.indicator_id,
    series.area_code,
    series.source_id,
    series.period_kind,
    case
        when indicator.small_count_threshold > 0 then indicator.small_count_threshold
        else 5
    end as threshold
from series
inner join source_indicator as indicator
    on series.indicator_id = indicator.id
left join area
    on series.area_code = area.area_code
where
    indicator.unit <> 'percent'
    and (
        indicator.small_count_threshold > 0
        or (
            indicator.sensitive
            and coalesce(area.area_kind, '') <> 'unassigned'
            and not (
                coalesce(area.area_kind, '') = 'other'
                and coalesce(area.force_code, '') in ('', area.area_code)
            )
        )
        or coalesce(area.area_kind, '') in ('ward', 'lsoa', 'small')
    )
