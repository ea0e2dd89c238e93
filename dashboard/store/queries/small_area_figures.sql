-- figures of small areas by type, month by month, of one indicator or ("") of all but the total of all
-- types; a type of which an area has no record in a month that was reported is a zero
with asked as (
    select distinct indicator_id
    from small_area_type
    where
        indicator_id = $indicator
        or ($indicator = '' and indicator_id <> 'offence_street_all')
),

counted as (
    select
        type.indicator_id,
        records.area_code,
        records.period_start,
        sum(records.value) as value
    from small_area_count as records
    inner join small_area_type as type
        on
            records.measure_code = type.measure_code
            and records.period_start = type.period_start
    where
        records.area_code in (select unnest(cast($areas as varchar [])))
        and records.is_policed
        and type.indicator_id in (select indicator_id from asked)
    group by type.indicator_id, records.area_code, records.period_start
),

type as (
    select distinct
        indicator_id,
        alternative,
        period_start
    from small_area_type
    where indicator_id in (select indicator_id from asked)
)

select
    month.* replace (
        type.indicator_id as indicator_id,
        type.alternative as alternative,
        coalesce(counted.value, 0) as numerator,
        coalesce(counted.value, 0) as value
    )
from indicator_period as month
inner join type
    on month.period_start = type.period_start
left join counted
    on
        type.indicator_id = counted.indicator_id
        and month.area_code = counted.area_code
        and month.period_start = counted.period_start
where
    month.indicator_id = 'offence_street_all'
    and month.area_code in (select unnest(cast($areas as varchar [])))
order by
    type.indicator_id,
    month.area_code,
    month.period_start
