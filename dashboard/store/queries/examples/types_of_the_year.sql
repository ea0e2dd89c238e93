-- Each type's total by financial year, in one area
select
    indicator.title,
    case
        when month(period_start) >= 4 then year(period_start)
        else year(period_start) - 1
    end as financial_year_from_april,
    sum(indicator_period.value) as total,
    count(*) as months
from indicator_period
inner join indicator on indicator_period.indicator_id = indicator.indicator_id
where
    indicator_period.area_code = 'E22000120'
    and indicator_period.period_kind = 'month'
    and indicator.unit = 'count'
group by 1, 2
order by 1, 2
