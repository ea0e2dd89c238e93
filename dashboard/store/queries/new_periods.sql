-- periods of an area that were not known at the end of a day, by series of the catalogue's indicators
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
