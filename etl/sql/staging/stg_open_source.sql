-- Sources whose publisher releases their figures openly: they are shown as released.
-- grain: source_id
-- source_id: the source
select distinct source_id
from source_load
where openly_published
