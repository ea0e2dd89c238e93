-- The order in which files were loaded: of two of the same publication date the later one holds.
-- grain: file_id
-- file_id: the file
-- load_order: higher is later
select
    file_id,
    max(load_order) as load_order
from source_load
group by file_id
