-- Periods without a figure: suppressed, incomplete or missing
select
    area.area_name,
    indicator.title,
    indicator_period.period_start,
    indicator_period.status,
    indicator_period.suppression,
    indicator_period.coverage
from indicator_period
inner join indicator on indicator_period.indicator_id = indicator.indicator_id
inner join area on indicator_period.area_code = area.area_code
where indicator_period.value is null
order by 1, 2, 3
