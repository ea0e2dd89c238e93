-- What is measured.
-- grain: indicator_id
-- indicator_id: name of its file in data/indicators
-- title: what it is called on screen
-- national_indicator: its number in the national set, such as NI 15, or ""
-- unit: count, rate or percent
-- denominator: measure that a rate is of, or ""
-- rate_per: a rate is per so many
-- lower_is_better: whether a fall is an improvement
-- period_kind: the finest period that it is counted in
-- aggregation: sum, or last for a stock or a percentage
-- small_count_threshold: counts below are not shown; 0 for 5 where sensitive or in a small area,
--   else none
-- sensitive: whether small counts of it tell of a person even in a large area
-- part_of: the indicator whose total it is a part of, or ""
-- recorded: recorded indicators that what residents perceive is read beside, separated by ;, or ""
-- residents_who: what those say whom a percentage of residents counts, as it follows "45% of
--   residents", or ""
-- definition: what it means
-- source: who counts it
-- illustrative: whether only the illustrative set has it
select
    id as indicator_id,
    title,
    national_indicator,
    unit,
    denominator,
    rate_per,
    lower_is_better,
    period_kind,
    aggregation,
    small_count_threshold,
    sensitive,
    part_of,
    recorded,
    residents_who,
    definition,
    source,
    illustrative
from source_indicator
