-- Which of an indicator's alternatives a source's series of an area is made of: the first that has
-- all its parts, or the first that has any. A series is never put together from two.
-- grain: indicator_id, area_code, source_id, period_kind
-- indicator_id: the indicator
-- area_code: the area
-- source_id: the source
-- period_kind: the kind of period that the series is in
-- alternative: position of the source in the indicator's file
-- parts_needed: how many parts have to be added up
with alternative_part as (
    select distinct
        indicator_id,
        alternative,
        part,
        parts_needed
    from source_numerator
),

available as (
    select
        alternative_part.indicator_id,
        part.area_code,
        part.source_id,
        part.period_kind,
        alternative_part.alternative,
        alternative_part.parts_needed,
        count(distinct case when part.is_whole = 1 then part.part end) as parts_found
    from alternative_part
    inner join stg_part as part
        on alternative_part.part = part.part
    group by
        alternative_part.indicator_id,
        part.area_code,
        part.source_id,
        part.period_kind,
        alternative_part.alternative,
        alternative_part.parts_needed
),

ordered as (
    select
        *,
        row_number() over (
            partition by indicator_id, area_code, source_id, period_kind
            order by
                case when parts_found = parts_needed then 0 else 1 end,
                case when parts_found > 0 then 0 else 1 end,
                alternative
        ) as choice
    from available
)

select
    indicator_id,
    area_code,
    source_id,
    period_kind,
    alternative,
    parts_needed
from ordered
where choice = 1
