-- How many periods of each indicator have a figure, and how many have none
select
    indicator.title,
    indicator_period.period_kind,
    count(indicator_period.value) as with_a_figure,
    count(*) - count(indicator_period.value) as without,
    max(indicator_period.period_start) as latest_period_from
from indicator_period
inner join indicator on indicator_period.indicator_id = indicator.indicator_id
group by 1, 2
order by without desc, 1, 2
