-- every series of the catalogue's counts in the areas named: what is known of each
select series.*
from series
inner join indicator on series.indicator_id = indicator.indicator_id
where
    indicator.unit = 'count'
    and indicator.aggregation = 'sum'
    and indicator.catalogued
    and series.area_code in (select unnest(cast($areas as varchar [])))
order by series.indicator_id, series.area_code, series.alternative, series.period_kind
