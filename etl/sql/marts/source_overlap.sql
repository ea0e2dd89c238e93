-- Two sources that count the same indicator in the same area and months, beside each other. They
-- are compared and never blended: each gives a series of its own.
-- Where either is protected, without periods in which a figure of the indicator is suppressed, and
-- without small counts.
-- grain: indicator_id, area_code, period_start, months, alternative_a, source_a, alternative_b, source_b
-- indicator_id: the indicator
-- area_code: the area
-- period_start: first day of the period
-- months: how many months it has: 1, 3 or 12
-- alternative_a: position of the first source in the indicator's file
-- source_a: what read it
-- published_a: vintage
-- periods_a: how many periods of it are added up; 1 where it gives the figure as such
-- value_a: its count
-- alternative_b: position of the second source
-- source_b: what read it
-- published_b: vintage
-- periods_b: how many periods of it are added up
-- value_b: its count
-- difference: value_b less value_a
with of_protected as (
    select twice.*
    from stg_source_overlap as twice
    left join stg_protected_area as protected_a
        on
            twice.source_a = protected_a.source_id
            and twice.area_code = protected_a.area_code
    left join stg_protected_area as protected_b
        on
            twice.source_b = protected_b.source_id
            and twice.area_code = protected_b.area_code
    where protected_a.area_code is not null or protected_b.area_code is not null
),

told as (
    select distinct
        twice.indicator_id,
        twice.area_code,
        twice.period_start,
        twice.months
    from of_protected as twice
    inner join stg_hidden_span as hidden
        on
            twice.indicator_id = hidden.indicator_id
            and twice.area_code = hidden.area_code
            and 12 * extract(year from twice.period_start) + extract(month from twice.period_start)
            < hidden.first_month + hidden.months
            and hidden.first_month
            < 12 * extract(year from twice.period_start)
            + extract(month from twice.period_start)
            + twice.months
    union
    select
        twice.indicator_id,
        twice.area_code,
        twice.period_start,
        twice.months
    from of_protected as twice
    inner join stg_count_threshold as rule
        on
            twice.indicator_id = rule.indicator_id
            and twice.area_code = rule.area_code
            and rule.source_id in (twice.source_a, twice.source_b)
    where
        (twice.value_a > 0 and twice.value_a < rule.threshold)
        or (twice.value_b > 0 and twice.value_b < rule.threshold)
)

select
    twice.indicator_id,
    twice.area_code,
    twice.period_start,
    twice.months,
    twice.alternative_a,
    twice.source_a,
    twice.published_a,
    twice.periods_a,
    twice.value_a,
    twice.alternative_b,
    twice.source_b,
    twice.published_b,
    twice.periods_b,
    twice.value_b,
    twice.difference
from stg_source_overlap as twice
left join told
    on
        twice.indicator_id = told.indicator_id
        and twice.area_code = told.area_code
        and twice.period_start = told.period_start
        and twice.months = told.months
where told.indicator_id is null
