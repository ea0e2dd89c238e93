-- Rows of loaded files that were left out, with the reason.
-- grain: file_id, source_id, place, line, column_name, rule, value
-- file_id: the file
-- source_id: source that read it
-- place: file or sheet
-- line: line or row, from 1
-- column_name: column heading
-- value: what stands there; a number under 5 is only said to be one, since nothing is known of what
--   it counts, but in files that are openly published
-- rule: that it breaks
-- what_to_do: how to mend it
select
    rejected.file_id,
    rejected.source_id,
    rejected.file as place,
    rejected.line,
    rejected.column_name,
    case
        when
            opened.source_id is null
            and try_cast(rejected.value as double) > 0
            and try_cast(rejected.value as double) < 5
            then 'fewer than 5'
        else rejected.value
    end as value,
    rejected.rule,
    rejected.what_to_do
from source_rejected_row as rejected
left join stg_open_source as opened
    on rejected.source_id = opened.source_id
