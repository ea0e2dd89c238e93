-- What was known of an indicator in an area and period by each source, from each publication that
-- changed it on, small counts among them: never published as it is.
-- grain: indicator_id, area_code, source_id, period_kind, period_start, published
-- indicator_id: the indicator
-- area_code: the area
-- source_id: the source
-- period_kind: month, quarter, year, rolling_year or survey_wave
-- period_start: first day of the period
-- published: vintage since which it was known so
-- numerator: the sum of its parts, as indicator_period has it, from figures of that vintage and
--   earlier; vintages in which a part is missing are left out
-- previous_published: vintage before; null for the first
-- previous_numerator: what was known before; null for the first
with alternative_part as (
    select distinct
        indicator_id,
        alternative,
        part
    from source_numerator
),

part_vintage as (
    select
        chosen.indicator_id,
        chosen.parts_needed,
        vintage.part,
        vintage.area_code,
        vintage.source_id,
        vintage.period_kind,
        vintage.period_start,
        vintage.published,
        vintage.value,
        vintage.is_whole,
        row_number() over (
            partition by
                chosen.indicator_id,
                vintage.part,
                vintage.area_code,
                vintage.source_id,
                vintage.period_kind,
                vintage.period_start,
                vintage.published
            order by vintage.recency
        ) as choice
    from stg_chosen_numerator as chosen
    inner join alternative_part
        on
            chosen.indicator_id = alternative_part.indicator_id
            and chosen.alternative = alternative_part.alternative
    inner join stg_part_vintage as vintage
        on
            alternative_part.part = vintage.part
            and chosen.area_code = vintage.area_code
            and chosen.source_id = vintage.source_id
            and chosen.period_kind = vintage.period_kind
    inner join stg_repeated_period as repeated
        on
            vintage.area_code = repeated.area_code
            and vintage.source_id = repeated.source_id
            and vintage.period_kind = repeated.period_kind
            and vintage.period_start = repeated.period_start
),

moment as (
    select distinct
        indicator_id,
        area_code,
        source_id,
        period_kind,
        period_start,
        published
    from part_vintage
),

known as (
    select
        moment.indicator_id,
        moment.area_code,
        moment.source_id,
        moment.period_kind,
        moment.period_start,
        moment.published,
        part_vintage.value,
        part_vintage.is_whole,
        part_vintage.parts_needed,
        row_number() over (
            partition by
                moment.indicator_id,
                moment.area_code,
                moment.source_id,
                moment.period_kind,
                moment.period_start,
                moment.published,
                part_vintage.part
            order by part_vintage.published desc
        ) as recency
    from moment
    inner join part_vintage
        on
            moment.indicator_id = part_vintage.indicator_id
            and moment.area_code = part_vintage.area_code
            and moment.source_id = part_vintage.source_id
            and moment.period_kind = part_vintage.period_kind
            and moment.period_start = part_vintage.period_start
            and moment.published >= part_vintage.published
    where part_vintage.choice = 1
),

summed as (
    select
        indicator_id,
        area_code,
        source_id,
        period_kind,
        period_start,
        published,
        sum(value) as numerator
    from known
    where recency = 1
    group by
        indicator_id,
        area_code,
        source_id,
        period_kind,
        period_start,
        published
    having sum(is_whole) = max(parts_needed)
),

stepped as (
    select
        *,
        lag(published) over (
            partition by indicator_id, area_code, source_id, period_kind, period_start
            order by published
        ) as previous_published,
        lag(numerator) over (
            partition by indicator_id, area_code, source_id, period_kind, period_start
            order by published
        ) as previous_numerator
    from summed
)

select
    indicator_id,
    area_code,
    source_id,
    period_kind,
    period_start,
    published,
    numerator,
    previous_published,
    previous_numerator
from stepped
where previous_numerator is null or previous_numerator <> numerator
union all
-- What one file alone has figures of was known so from the first.
select
    figure.indicator_id,
    figure.area_code,
    figure.source_id,
    figure.period_kind,
    figure.period_start,
    figure.published,
    figure.numerator,
    cast(null as date) as previous_published,
    cast(null as double) as previous_numerator
from stg_indicator_period as figure
left join stg_repeated_period as repeated
    on
        figure.area_code = repeated.area_code
        and figure.source_id = repeated.source_id
        and figure.period_kind = repeated.period_kind
        and figure.period_start = repeated.period_start
where figure.numerator is not null and repeated.area_code is null
