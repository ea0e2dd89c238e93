-- one indicator in the areas named, from one source, at one frequency, as it was known at the end of a day; rates by today's
-- denominators
with known as (
    select
        indicator_vintage.*,
        row_number() over (
            partition by area_code, period_start order by published desc
        ) as recency
    from indicator_vintage
    where
        indicator_id = $indicator
        and source_id = $source
        and period_kind = $frequency
        and published <= $known_at
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
        indicator_period.indicator_id = $indicator
        and indicator_period.area_code = known.area_code
        and indicator_period.source_id = known.source_id
        and indicator_period.period_kind = known.period_kind
        and indicator_period.period_start = known.period_start
        and known.recency = 1
order by indicator_period.area_code, indicator_period.period_start
