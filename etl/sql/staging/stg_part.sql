-- The sum of a part's measures in a source, all from its latest file that has any of them.
-- grain: part, area_code, source_id, period_kind, period_start
-- part: measure, or measures of which those count that were in force
-- area_code: the area
-- period_kind: month, quarter, year, rolling_year or survey_wave
-- period_start: first day of the period
-- value: the sum
-- is_whole: 1 when every measure that the file prints for the period is there for the area, and
--   they were counted throughout the period; else 0
-- sample_size: respondents, for a survey; where its results give a design effect, over that
-- design_effect: what the results give, by which the sample size is divided already; null where
--   they give none
-- lower: lower limit published with it
-- upper: upper limit published with it
-- uncertainty: of the least firm measure, by stg_status
-- any_illustrative: 1 when any is made up
-- published: vintage of the file
-- file_id: the file
-- source_id: source that read it
select
    part,
    area_code,
    period_kind,
    period_start,
    value,
    is_whole,
    sample_size,
    design_effect,
    lower,
    upper,
    uncertainty,
    any_illustrative,
    published,
    file_id,
    source_id
from stg_part_vintage
where recency = 1
