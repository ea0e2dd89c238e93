-- Months of suppressed figures.
-- grain: indicator_id, area_code, first_month, months
-- indicator_id: the indicator
-- area_code: the area
-- first_month: 12 * year + month of its first month
-- months: how many months it spans
select distinct
    indicator_id,
    area_code,
    12 * extract(year from period_start) + extract(month from period_start) as first_month,
    case period_kind when 'month' then 1 when 'quarter' then 3 else 12 end as months
from stg_suppressed_cell
