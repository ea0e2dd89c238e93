-- Rows of loaded files that were left out, with the reason.
-- grain: file_id, source_id, place, line, column_name, rule, value
-- file_id: the file
-- source_id: source that read it
-- place: file or sheet
-- line: line or row, from 1
-- column_name: column heading
-- value: what stands there; a number under 5 is only said to be one, since nothing is known of what
--   it counts
-- rule: that it breaks
-- what_to_do: how to mend it
select
    file_id,
    source_id,
    file as place,
    line,
    column_name,
    case
        when try_cast(value as double) > 0 and try_cast(value as double) < 5 then 'fewer than 5'
        else value
    end as value,
    rule,
    what_to_do
from source_rejected_row
