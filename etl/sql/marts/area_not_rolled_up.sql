-- Districts whose counts cannot be rolled up to a partnership, and partnerships that therefore have
-- none: the district lies in several, and which part a record lies in is not known.
-- grain: area_code, parent_code
-- area_code: the district
-- parent_code: a partnership that a part of it lies in
-- parent_kind: partnership
-- partnerships: how many partnerships the district lies in
-- reason: in words
select distinct
    parent.district_code as area_code,
    parent.partnership_code as parent_code,
    'partnership' as parent_kind,
    parent.partnerships,
    'the district lies in several partnerships, and a record does not say in which' as reason
from stg_district_parent as parent
inner join stg_reported_place as place
    on parent.district_code = place.district_code and parent.force_code = place.reported_by
where parent.partnerships > 1
