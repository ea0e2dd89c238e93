-- Figures of partnerships and forces that are added up from districts, one of which is held: a
-- total that lacks more than a fiftieth of itself would show as a fall.
-- grain: area_code, measure_code, source_id, period_start
-- area_code: partnership or force
-- measure_code: what is counted
-- source_id: source of the figures
-- period_start: first day of the month
-- value: the figure
-- expected: the figure with what the districts lack
-- reason: which districts are held
with setting as (
    select cast(0.02 as double) as least_share
),

held as (
    select
        found.area_code,
        found.measure_code,
        found.source_id,
        cast(found.period_start as date) as period_start,
        found.expected - coalesce(found.value, 0) as lacking
    from stg_found_gap as found
    left join stg_ruling as ruled
        on
            found.area_code = ruled.area_code
            and found.measure_code = ruled.measure_code
            and found.period_kind = ruled.period_kind
            and cast(found.period_start as date) = ruled.period_start
    where found.period_kind = 'month' and coalesce(ruled.decision, '') <> 'real'
),

parent as (
    select distinct
        district_code,
        partnership_code as area_code
    from stg_district_parent
    where partnerships = 1
    union
    select distinct
        district_code,
        force_code as area_code
    from stg_district_parent
),

together as (
    select
        parent.area_code,
        held.measure_code,
        held.source_id,
        held.period_start,
        sum(held.lacking) as lacking,
        count(*) as districts,
        min(area.area_name) as first_district
    from held
    inner join parent
        on held.area_code = parent.district_code
    inner join area
        on held.area_code = area.area_code
    group by
        parent.area_code,
        held.measure_code,
        held.source_id,
        held.period_start
)

select
    together.area_code,
    together.measure_code,
    together.source_id,
    together.period_start,
    rolled_up.value,
    rolled_up.value + together.lacking as expected,
    case
        when together.districts = 1 then together.first_district || ', a part of it, is held'
        else together.first_district || ' and other parts of it are held'
    end as reason
from together
inner join stg_latest_observation as rolled_up
    on
        together.area_code = rolled_up.area_code
        and together.measure_code = rolled_up.measure_code
        and together.source_id = rolled_up.source_id
        and together.period_start = rolled_up.period_start
        and rolled_up.period_kind = 'month'
inner join (
    select distinct
        area_code,
        measure_code,
        source_id
    from stg_rolled_up_observation
) as of_districts
    on
        together.area_code = of_districts.area_code
        and together.measure_code = of_districts.measure_code
        and together.source_id = of_districts.source_id
cross join setting
where together.lacking > setting.least_share * (rolled_up.value + together.lacking)
