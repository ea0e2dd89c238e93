-- Areas and periods that more than one file of a source has figures of. Only there can one have
-- been replaced, so that the many others need not be put in order.
-- grain: area_code, source_id, period_kind, period_start
-- area_code: the area
-- source_id: the source
-- period_kind: kind of period
-- period_start: first day of the period
select
    area_code,
    source_id,
    period_kind,
    period_start
from stg_observation
group by
    area_code,
    source_id,
    period_kind,
    period_start
having min(file_id) <> max(file_id)
