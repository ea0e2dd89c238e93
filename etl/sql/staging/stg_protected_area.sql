-- Areas in which a source's small counts are protected: of every source that is not openly
-- published, but for the areas whose small counts this installation may show. The made-up figures
-- of the worked example are protected as real ones would be.
-- grain: source_id, area_code
-- source_id: the source
-- area_code: the area
select distinct
    observation.source_id,
    observation.area_code
from stg_observation as observation
left join stg_open_source as opened
    on observation.source_id = opened.source_id
left join entitled_area as entitled
    on observation.area_code = entitled.area_code
where
    opened.source_id is null
    and (entitled.area_code is null or observation.source_id = 'illustrative')
