-- Area codes that were replaced, and by which.
-- grain: area_code, successor_code
-- area_code: the code that ended
-- area_name: its name
-- successor_code: the code that took its place
-- successor_name: name of that one
-- changed_year: first year of the new code
select
    area_code,
    area_name,
    successor_code,
    successor_name,
    changed_year
from source_area_lineage
