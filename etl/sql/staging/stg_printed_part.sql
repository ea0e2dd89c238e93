-- How many measures of a part a file prints for a period, in any area. What it prints for none was
-- not counted then; what it prints for others only is missing.
-- grain: part, file_id, source_id, period_kind, period_start
-- part: measure, or measures of which those count that were in force
-- file_id: the file
-- source_id: source that read it
-- period_kind: kind of period
-- period_start: first day of the period
-- measures_printed: how many of the part's measures
-- first_month: since when they were counted, as 12 * year + month
-- last_month: until when
with printed as (
    select distinct
        file_id,
        source_id,
        measure_code,
        period_kind,
        period_start
    from stg_observation
),

part_measure as (
    select distinct
        part,
        measure_code,
        first_month,
        last_month
    from source_numerator
)

select
    part_measure.part,
    printed.file_id,
    printed.source_id,
    printed.period_kind,
    printed.period_start,
    count(*) as measures_printed,
    min(part_measure.first_month) as first_month,
    max(part_measure.last_month) as last_month
from printed
inner join part_measure
    on printed.measure_code = part_measure.measure_code
group by
    part_measure.part,
    printed.file_id,
    printed.source_id,
    printed.period_kind,
    printed.period_start
