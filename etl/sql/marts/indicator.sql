-- What is measured.
-- grain: indicator_id
-- indicator_id: name of its file in data/indicators; offence_… for one of the classification
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
-- design_effect: variance of the survey over that of a simple random sample, for results that say
--   only how many were asked; null where nobody states it
-- design_effect_source: who states it, or ""
-- definition: what it means
-- source: who counts it
-- catalogued: whether data/indicators has it; else it is a group, subgroup, code or type of
--   offence that is loaded, made an indicator by the build, which no meeting looks at
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
    cast(design_effect as double) as design_effect,
    design_effect_source,
    definition,
    source,
    catalogued
from source_indicator
