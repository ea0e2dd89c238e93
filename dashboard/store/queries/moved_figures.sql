-- figures of an area that were known at the end of a day and are others now: the catalogue only
with before as (
    select
        indicator_vintage.*,
        row_number() over (
            partition by indicator_id, source_id, period_kind, period_start order by published desc
        ) as recency
    from indicator_vintage
    where area_code = $area and published <= $since
)

select
    before.indicator_id,
    before.source_id,
    before.period_kind,
    before.period_start,
    before.published as previous_published,
    before.numerator as previous,
    indicator_period.published,
    indicator_period.numerator as value
from before
inner join indicator_period
    on
        before.indicator_id = indicator_period.indicator_id
        and before.area_code = indicator_period.area_code
        and before.source_id = indicator_period.source_id
        and before.period_kind = indicator_period.period_kind
        and before.period_start = indicator_period.period_start
inner join indicator on before.indicator_id = indicator.indicator_id
where indicator.catalogued and before.recency = 1 and before.numerator <> indicator_period.numerator
order by before.indicator_id, before.period_kind, before.period_start
