-- indicators that an area has figures of, with the first and last period
select
    indicator.*,
    min(indicator_period.period_start) as first_period,
    max(indicator_period.period_start) as last_period
from indicator_period
inner join indicator using (indicator_id)
where indicator_period.area_code = $area
group by all
order by indicator.title
