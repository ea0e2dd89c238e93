-- figures of the areas named as they were known at the end of a day, of one indicator, source and
-- frequency or with "" of all; rates by today's denominators; one row an indicator, area, source and
-- period that was known
with known as (
    select
        indicator_vintage.*,
        row_number() over (
            partition by indicator_id, area_code, source_id, period_kind, period_start
            order by published desc
        ) as recency
    from indicator_vintage
    where
        published <= $known_at
        and $indicator in ('', indicator_id)
        and $source in ('', source_id)
        and $frequency in ('', period_kind)
        and area_code in (select unnest(cast($areas as varchar [])))
)

select
    indicator_period.* replace (
        known.numerator as numerator,
        case
            when indicator.unit = 'rate'
                then indicator.rate_per * known.numerator / indicator_period.denominator
            else known.numerator
        end as value,
        known.published as published
    )
from indicator_period
inner join indicator on indicator_period.indicator_id = indicator.indicator_id
inner join known
    on
        indicator_period.indicator_id = known.indicator_id
        and indicator_period.area_code = known.area_code
        and indicator_period.source_id = known.source_id
        and indicator_period.period_kind = known.period_kind
        and indicator_period.period_start = known.period_start
        and known.recency = 1
order by
    indicator_period.area_code,
    indicator_period.indicator_id,
    indicator_period.period_kind,
    indicator_period.period_start
