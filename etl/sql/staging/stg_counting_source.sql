-- Sources that count something besides people and homes.
-- grain: source_id
-- source_id: the source
select distinct source_id
from stg_observation
where measure_code not in ('ons:population', 'ons:census_population', 'ons:households')
