-- Residents and households of every code, also for the years before it was made by a merger, when
-- they are the sum of its predecessors. Codes merged at most twice since 2016, so that two steps
-- reach back to the first.
-- grain: area_code, measure_code, denominator_year, pool
-- area_code: the area, often a local authority
-- measure_code: ons:population or ons:households
-- denominator_year: year of the figure
-- denominator: the figure
-- is_census: 1 when any part is a census count
-- is_merged: 1 when it is a sum of predecessors
-- pool: population, counts or illustrative, as it was stated
with once as (
    select
        merger.area_code,
        stated.measure_code,
        stated.denominator_year,
        sum(stated.denominator) as denominator,
        max(stated.is_census) as is_census,
        stated.pool
    from stg_whole_merger as merger
    inner join stg_stated_denominator as stated
        on
            merger.predecessor_code = stated.area_code
            and merger.changed_year > stated.denominator_year
    group by
        merger.area_code,
        merger.predecessors,
        stated.measure_code,
        stated.denominator_year,
        stated.pool
    having count(*) = merger.predecessors
),

known_once as (
    select
        area_code,
        measure_code,
        denominator_year,
        denominator,
        is_census,
        0 as is_merged,
        pool
    from stg_stated_denominator
    union all
    select
        once.area_code,
        once.measure_code,
        once.denominator_year,
        once.denominator,
        once.is_census,
        1 as is_merged,
        once.pool
    from once
    left join stg_stated_denominator as stated
        on
            once.area_code = stated.area_code
            and once.measure_code = stated.measure_code
            and once.denominator_year = stated.denominator_year
            and once.pool = stated.pool
    where stated.area_code is null
),

twice as (
    select
        merger.area_code,
        known_once.measure_code,
        known_once.denominator_year,
        sum(known_once.denominator) as denominator,
        max(known_once.is_census) as is_census,
        known_once.pool
    from stg_whole_merger as merger
    inner join known_once
        on
            merger.predecessor_code = known_once.area_code
            and merger.changed_year > known_once.denominator_year
    group by
        merger.area_code,
        merger.predecessors,
        known_once.measure_code,
        known_once.denominator_year,
        known_once.pool
    having count(*) = merger.predecessors
)

select
    area_code,
    measure_code,
    denominator_year,
    denominator,
    is_census,
    is_merged,
    pool
from known_once
union all
select
    twice.area_code,
    twice.measure_code,
    twice.denominator_year,
    twice.denominator,
    twice.is_census,
    1 as is_merged,
    twice.pool
from twice
left join known_once
    on
        twice.area_code = known_once.area_code
        and twice.measure_code = known_once.measure_code
        and twice.denominator_year = known_once.denominator_year
        and twice.pool = known_once.pool
where known_once.area_code is null
