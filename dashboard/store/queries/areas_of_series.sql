-- areas that have a series of one indicator, from one source, at one frequency
select
    series.area_code,
    area.area_kind
from series
inner join area on series.area_code = area.area_code
where
    series.indicator_id = $indicator
    and series.source_id = $source
    and series.period_kind = $frequency
order by series.area_code
