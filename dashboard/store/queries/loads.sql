-- What was loaded, what it changed, and what people decided on it. Each query begins with its name.

-- loads: what is loaded, newest vintage first
select * from load order by published desc, file_name

-- rejected_rows: rows that were left out
select load.file_name, rejected_row.*
from rejected_row
inner join load using (file_id, source_id)
order by load.file_name, rejected_row.line

-- revisions: figures that a later publication changed
select observation_revision.*, area.area_name
from observation_revision
left join area using (area_code)
order by published desc, area_code, measure_code, period_start

-- new_periods: periods of an area that were not known at the end of a day, by series of the
-- catalogue's indicators
select
    indicator_period.indicator_id,
    indicator_period.source_id,
    indicator_period.period_kind,
    count(*) as new_periods
from indicator_period
inner join indicator on indicator_period.indicator_id = indicator.indicator_id
left join indicator_vintage
    on
        indicator_period.indicator_id = indicator_vintage.indicator_id
        and indicator_period.area_code = indicator_vintage.area_code
        and indicator_period.source_id = indicator_vintage.source_id
        and indicator_period.period_kind = indicator_vintage.period_kind
        and indicator_period.period_start = indicator_vintage.period_start
        and indicator_vintage.published <= $since
where
    indicator_period.area_code = $area
    and indicator.catalogued
    and indicator_period.numerator is not null
    and indicator_vintage.indicator_id is null
group by
    indicator_period.indicator_id,
    indicator_period.source_id,
    indicator_period.period_kind
order by indicator_period.indicator_id

-- overlaps: counts of two sources of the same indicator, area and months; of one area, or of all
select
    source_overlap.*,
    indicator.title,
    area.area_name
from source_overlap
inner join indicator on source_overlap.indicator_id = indicator.indicator_id
left join area on source_overlap.area_code = area.area_code
where
    ($area = '' or source_overlap.area_code = $area)
    and ($indicator = '' or source_overlap.indicator_id = $indicator)
order by
    area.area_name,
    source_overlap.indicator_id,
    source_overlap.period_start,
    source_overlap.months,
    source_overlap.alternative_a,
    source_overlap.alternative_b

-- gaps: figures held as suspected gaps, and what was decided on them; of one area, or of all
select suspected_gap.*, area.area_name
from suspected_gap
left join area using (area_code)
where $area = '' or suspected_gap.area_code = $area or area.force_code = $area
order by area.area_name, suspected_gap.measure_code, suspected_gap.period_start

-- held_periods: periods in which figures of an area's indicators are held as suspected gaps
select * from indicator_gap where area_code = $area order by indicator_id, period_start

-- breaks: breaks that a person confirmed in the series of one area
select
    indicator_id,
    area_code,
    period,
    'break' as effect,
    reason as statement,
    decided_by,
    decided_at
from series_break
where area_code in ('', $area)
order by indicator_id, period

-- breaks_of_areas: breaks that a person confirmed in the series of the areas named; a blank area
-- means all of them
select
    indicator_id,
    area_code,
    period,
    'break' as effect
from series_break
where area_code = '' or area_code in (select unnest(cast($areas as varchar [])))
order by indicator_id, area_code, period

-- exceptional_periods: months of one area that projections learn nothing from once they are over; a
-- blank indicator means all of them
select
    indicator_id,
    area_code,
    first_month,
    last_month,
    reason,
    decided_by,
    decided_at
from exceptional_period
where area_code in ('', $area)
order by first_month, last_month, indicator_id, area_code
