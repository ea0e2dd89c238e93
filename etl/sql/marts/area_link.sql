-- Which area lies in which, by the codes of one vintage.
-- grain: area_code, parent_code, vintage
-- area_code: the smaller area
-- area_name: its name
-- area_kind: such as lsoa, ward, district
-- parent_code: the area that it lies in
-- parent_kind: such as district, partnership, force
-- vintage: year of the codes
select
    area_code,
    max(area_name) as area_name,
    max(area_kind) as area_kind,
    parent_code,
    max(parent_kind) as parent_kind,
    vintage
from source_area_link
group by area_code, parent_code, vintage
