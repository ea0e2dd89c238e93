-- Offence codes of the Home Office and the group that each counts in today.
-- grain: offence_code
-- offence_code: as the open data print it
-- description: of the offence
-- offence_group: group that it counts in today
-- offence_subgroup: subgroup that it counts in today
-- valid_from: first day it was counted, "" when not given
-- valid_to: last day it was counted, "" when it still is or is not given
-- street_category: crime type of data.police.uk, "" when not given
-- note: what changed, and when
select
    offence_code,
    description,
    offence_group,
    offence_subgroup,
    valid_from,
    valid_to,
    street_category,
    note
from source_offence
