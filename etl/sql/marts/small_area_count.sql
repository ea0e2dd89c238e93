-- Records of crime of all types in a small area, from the latest file that has the force's month.
-- Small counts are left out, and what would give them away: see stg_small_area_total.
-- grain: area_code, measure_code, period_start, reported_by
-- area_code: small area
-- measure_code: street:all
-- period_start: first day of the month
-- reported_by: force that counted; add up for the whole of an area
-- value: the count; null when it is suppressed
-- status: suppressed, or final
-- published: vintage
-- file_id: file that it comes from
select
    area_code,
    'street:all' as measure_code,
    period_start,
    reported_by,
    case when is_shown then value end as value,
    case when is_shown then 'final' else 'suppressed' end as status,
    published,
    file_id
from stg_small_area_total
