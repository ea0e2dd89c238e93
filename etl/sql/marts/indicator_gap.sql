-- Periods of an indicator in which a figure that it is made of is held as a suspected gap. What is
-- suspected of one source is said of its series alone; what a person calls a gap, of every real one.
-- grain: indicator_id, area_code, source_id, period_kind, period_start
-- indicator_id: the indicator
-- area_code: the area
-- source_id: the source
-- period_kind: kind of period
-- period_start: first day of the period
-- measures_held: how many of its measures are held
-- reason: why, of one of them
-- ruling: gap when a person called one so, "" while nobody has decided
select
    chosen.indicator_id,
    gap.area_code,
    chosen.source_id,
    gap.period_kind,
    gap.period_start,
    count(distinct gap.measure_code) as measures_held,
    min(
        case
            when small.threshold is null then gap.reason
            else 'a small count, where more is usual'
        end
    ) as reason,
    max(gap.ruling) as ruling
from stg_gap as gap
inner join stg_chosen_numerator as chosen
    on
        gap.area_code = chosen.area_code
        and gap.period_kind = chosen.period_kind
        and (
            gap.source_id = chosen.source_id
            or (gap.ruling = 'gap' and chosen.source_id <> 'illustrative')
        )
inner join source_numerator as numerator
    on
        chosen.indicator_id = numerator.indicator_id
        and chosen.alternative = numerator.alternative
        and gap.measure_code = numerator.measure_code
left join stg_measure_threshold as small
    on
        gap.area_code = small.area_code
        and gap.measure_code = small.measure_code
        and gap.source_id = small.source_id
        and gap.value > 0
        and gap.value < small.threshold
where gap.ruling <> 'real'
group by
    chosen.indicator_id,
    gap.area_code,
    chosen.source_id,
    gap.period_kind,
    gap.period_start
