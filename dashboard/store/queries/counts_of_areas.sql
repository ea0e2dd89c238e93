-- every count of the catalogue that adds up over time, in the areas named, between two days
select
    indicator_period.area_code,
    indicator_period.indicator_id,
    indicator_period.source_id,
    indicator_period.period_kind,
    indicator_period.period_start,
    indicator_period.numerator as value,
    indicator_period.suppression,
    indicator_period.illustrative
from indicator_period
inner join indicator on indicator_period.indicator_id = indicator.indicator_id
where
    indicator.unit = 'count'
    and indicator.aggregation = 'sum'
    and indicator.catalogued
    and indicator_period.period_start between $since and $until
    and indicator_period.area_code in (select unnest(cast($areas as varchar [])))
order by
    indicator_period.area_code,
    indicator_period.indicator_id,
    indicator_period.period_kind,
    indicator_period.period_start
