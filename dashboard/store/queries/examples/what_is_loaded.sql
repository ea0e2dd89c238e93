-- What is loaded, and up to when each file goes
select
    load.file_name,
    load.publisher,
    load.published,
    count(distinct indicator_period.indicator_id) as indicators,
    max(indicator_period.period_start) as latest_period_from
from load
left join indicator_period on load.file_id = indicator_period.file_id
group by 1, 2, 3
order by 3
