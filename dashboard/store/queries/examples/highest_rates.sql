-- The highest rates of all crime, in the latest period that most areas have figures of
with latest as (
    select
        period_kind,
        period_start
    from indicator_period
    where indicator_id = 'all_crime' and value is not null
    group by 1, 2
    order by count(*) desc, 2 desc
    limit 1
)

select
    area.area_name,
    indicator_period.period_kind,
    indicator_period.period_start,
    indicator_period.numerator as crimes,
    1000 * indicator_period.numerator / indicator_period.denominator as rate_per_1000
from indicator_period
inner join latest
    on
        indicator_period.period_kind = latest.period_kind
        and indicator_period.period_start = latest.period_start
inner join area on indicator_period.area_code = area.area_code
where indicator_period.indicator_id = 'all_crime'
order by rate_per_1000 desc nulls last
limit 20
