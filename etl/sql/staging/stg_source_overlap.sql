-- Two sources that count the same indicator in the same area and months, beside each other. They
-- are compared and never blended: each gives a series of its own.
-- Small counts are among them: never published as it is.
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
with alternative_part as (
    select distinct
        indicator_id,
        alternative,
        part,
        parts_needed
    from source_numerator
),

-- A first sieve, of series and not of figures: most have one source.
several as (
    select
        alternative_part.indicator_id,
        part.area_code
    from alternative_part
    inner join (select distinct part, area_code, source_id from stg_part) as part
        on alternative_part.part = part.part
    group by alternative_part.indicator_id, part.area_code
    having count(distinct concat(alternative_part.alternative, part.source_id)) > 1
),

given as (
    select
        alternative_part.indicator_id,
        part.area_code,
        alternative_part.alternative,
        part.source_id,
        part.period_start,
        12 * extract(year from part.period_start)
        + extract(month from part.period_start) as first_month,
        case part.period_kind when 'month' then 1 when 'quarter' then 3 else 12 end as months,
        max(part.published) as published,
        sum(part.value) as value
    from alternative_part
    inner join source_indicator as indicator
        on alternative_part.indicator_id = indicator.id
    inner join several
        on alternative_part.indicator_id = several.indicator_id
    inner join stg_part as part
        on
            alternative_part.part = part.part
            and several.area_code = part.area_code
    where
        indicator.aggregation = 'sum'
        and part.period_kind <> 'survey_wave'
        and part.any_illustrative = 0
    group by
        alternative_part.indicator_id,
        part.area_code,
        alternative_part.alternative,
        part.source_id,
        part.period_start,
        part.period_kind
    having sum(part.is_whole) = max(alternative_part.parts_needed)
),

twofold as (
    select
        indicator_id,
        area_code
    from given
    group by indicator_id, area_code
    having count(distinct concat(alternative, source_id)) > 1
),

compared as (
    select given.*
    from given
    inner join twofold
        on
            given.indicator_id = twofold.indicator_id
            and given.area_code = twofold.area_code
),

-- From when to when each source has figures: a second sieve, since a month of one source alone is
-- no span to compare.
reach as (
    select
        indicator_id,
        area_code,
        alternative,
        source_id,
        months,
        min(first_month) as first_month,
        max(first_month + months) as end_month
    from compared
    group by indicator_id, area_code, alternative, source_id, months
),

each_span as (
    select distinct
        indicator_id,
        area_code,
        period_start,
        first_month,
        months
    from compared
),

span as (
    select
        each_span.indicator_id,
        each_span.area_code,
        each_span.period_start,
        each_span.first_month,
        each_span.months
    from each_span
    inner join reach
        on
            each_span.indicator_id = reach.indicator_id
            and each_span.area_code = reach.area_code
            and each_span.months >= reach.months
            and each_span.first_month >= reach.first_month
            and each_span.first_month + each_span.months <= reach.end_month
    group by
        each_span.indicator_id,
        each_span.area_code,
        each_span.period_start,
        each_span.first_month,
        each_span.months
    having count(distinct concat(reach.alternative, reach.source_id)) > 1
),

added as (
    select
        span.indicator_id,
        span.area_code,
        span.period_start,
        span.months,
        compared.alternative,
        compared.source_id,
        count(*) as periods,
        max(compared.published) as published,
        sum(compared.value) as value
    from span
    inner join compared
        on
            span.indicator_id = compared.indicator_id
            and span.area_code = compared.area_code
            and span.first_month <= compared.first_month
            and span.first_month + span.months >= compared.first_month + compared.months
    group by
        span.indicator_id,
        span.area_code,
        span.period_start,
        span.months,
        compared.alternative,
        compared.source_id,
        compared.months
    having count(*) * compared.months = span.months
),

ordered as (
    select
        *,
        row_number() over (
            partition by
                indicator_id,
                area_code,
                period_start,
                months,
                alternative,
                source_id
            order by periods
        ) as choice
    from added
)

select
    a.indicator_id,
    a.area_code,
    a.period_start,
    a.months,
    a.alternative as alternative_a,
    a.source_id as source_a,
    a.published as published_a,
    a.periods as periods_a,
    a.value as value_a,
    b.alternative as alternative_b,
    b.source_id as source_b,
    b.published as published_b,
    b.periods as periods_b,
    b.value as value_b,
    b.value - a.value as difference
from ordered as a
inner join ordered as b
    on
        a.indicator_id = b.indicator_id
        and a.area_code = b.area_code
        and a.period_start = b.period_start
        and a.months = b.months
        and (
            a.alternative < b.alternative
            or (a.alternative = b.alternative and a.source_id < b.source_id)
        )
where a.choice = 1 and b.choice = 1
