-- The highest rates of burglary among all partnerships, in the latest year there is
with latest as (
    select max(period_start) as period_start
    from indicator_period
    where indicator_id = 'burglary' and period_kind = 'rolling_year'
)

select
    area.area_name,
    indicator_period.numerator as burglaries,
    1000 * indicator_period.numerator / indicator_period.denominator as rate_per_1000
from indicator_period
inner join latest on indicator_period.period_start = latest.period_start
inner join area on indicator_period.area_code = area.area_code
where indicator_period.indicator_id = 'burglary' and indicator_period.period_kind = 'rolling_year'
order by rate_per_1000 desc nulls last
limit 20
