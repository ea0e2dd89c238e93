-- rows that were left out
select load.file_name, rejected_row.*
from rejected_row
inner join load using (file_id, source_id)
order by load.file_name, rejected_row.line
