-- Codes that took the place of others which went into them whole: a figure of theirs before the
-- change is the sum of the others'. A code that got only a part of another is not here.
-- grain: area_code, predecessor_code
-- area_code: the code that followed
-- predecessor_code: one that ended
-- predecessors: how many ended in it
-- changed_year: first year of the code that followed
with counted as (
    select
        area_code as predecessor_code,
        count(distinct successor_code) as successors
    from source_area_lineage
    group by area_code
),

judged as (
    select
        lineage.successor_code as area_code,
        lineage.area_code as predecessor_code,
        count(*) over (partition by lineage.successor_code) as predecessors,
        max(counted.successors) over (partition by lineage.successor_code) as most_successors,
        lineage.changed_year
    from source_area_lineage as lineage
    inner join counted
        on lineage.area_code = counted.predecessor_code
)

select
    area_code,
    predecessor_code,
    predecessors,
    changed_year
from judged
where most_successors = 1
