-- Every figure in use, all vintages, without those held as suspected gaps.
-- grain: area_code, measure_code, period_kind, period_start, published, file_id, source_id
-- area_code: area that the figure is of
-- measure_code: what is counted, as scheme:name
-- period_kind: month, quarter, year, rolling_year or survey_wave
-- period_start: first day of the period
-- value: the figure
-- sample_size: respondents, for a survey; where its results give a design effect, over that
-- design_effect: what the results give, by which the sample size is divided already; null where
--   they give none
-- lower: lower limit published with it
-- upper: upper limit published with it
-- uncertainty: how little firm it is, by stg_status
-- published: vintage
-- file_id: file that it comes from
-- source_id: source that read it; illustrative, of made-up figures
-- illustrative: whether it is made up
select observation.*
from stg_observation as observation
left join stg_gap as gap
    on
        observation.area_code = gap.area_code
        and observation.measure_code = gap.measure_code
        and observation.source_id = gap.source_id
        and observation.period_kind = gap.period_kind
        and observation.period_start = gap.period_start
        and gap.ruling <> 'real'
where gap.area_code is null
