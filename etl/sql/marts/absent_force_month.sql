-- Months of a force for which there is no file: missing, and never a fall to nothing. Either a
-- source lists them, or a file has the force in other months and other forces in this one.
-- grain: force_code, month
-- force_code: the force
-- month: first day of the month
-- reason: why, as the source says, or that the file does not hold it
with reported as (
    select distinct
        file_id,
        reported_by as force_code,
        period_start as month
    from stg_reported_count
),

force_of_file as (
    select distinct
        file_id,
        force_code
    from reported
),

month_of_file as (
    select distinct
        file_id,
        month
    from reported
),

candidate as (
    select
        area_code as force_code,
        cast(period_start as date) as month,
        statement as reason,
        0 as preference
    from source_note_of_source
    where effect = 'absent'
    union all
    select
        force_of_file.force_code,
        month_of_file.month,
        'the file of the other forces does not hold it' as reason,
        1 as preference
    from force_of_file
    inner join month_of_file
        on force_of_file.file_id = month_of_file.file_id
),

ordered as (
    select
        candidate.force_code,
        candidate.month,
        candidate.reason,
        row_number() over (
            partition by candidate.force_code, candidate.month
            order by candidate.preference, candidate.reason
        ) as choice
    from candidate
    left join reported
        on candidate.force_code = reported.force_code and candidate.month = reported.month
    where reported.force_code is null
)

select
    force_code,
    month,
    reason
from ordered
where choice = 1
