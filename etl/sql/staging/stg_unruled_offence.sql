-- Single offences to which no threshold applies anywhere in a protected source: they are looked at
-- only where a figure that they are part of is hidden.
-- grain: indicator_id
-- indicator_id: the offence
select indicator.id as indicator_id
from source_indicator as indicator
left join (
    select distinct indicator_id
    from stg_count_threshold
) as ruled
    on indicator.id = ruled.indicator_id
where not indicator.catalogued and ruled.indicator_id is null
