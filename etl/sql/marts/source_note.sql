-- What must be known of a source's own figures, as its publisher or its format says; absent months
-- are in absent_force_month.
-- grain: file_id, source_id, measure_code, area_code, period_start, effect, statement
-- file_id: file that says so
-- source_id: source that read it
-- measure_code: measure it is about, "" for all of the file
-- area_code: area it is about, "" for all
-- period_start: first day of the period it begins with, "" for all
-- effect: unreliable (no verdict), break, caution, no_rate (its publisher gives none) or context
-- statement: what it says
select distinct
    file_id,
    source_id,
    measure_code,
    area_code,
    period_start,
    effect,
    statement
from source_note_of_source
where effect <> 'absent'
