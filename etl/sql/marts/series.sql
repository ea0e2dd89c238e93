-- Series: one indicator in one area from one source, at one frequency, in one set of figures. What
-- is compared, tested, projected or ranked is one of these, and never looks at another.
-- grain: indicator_id, area_code, source_id, period_kind
-- indicator_id: the indicator
-- area_code: the area
-- source_id: the source; illustrative, of made-up figures
-- period_kind: its frequency: month, quarter, year, rolling_year or survey_wave
-- figure_set: illustrative, seen through the worked example alone; or real
-- alternative: its place in the indicator's order: position in the indicator's file
-- first_month: first day of the first month that it counts
-- last_month: first day of the last month that it counts
-- periods: how many periods have a figure, or one that is suppressed
-- coverage: share of the periods from first to last that have one, at its usual distance
-- published: vintage of the latest
-- is_current: whether it reaches to within a year of the latest of the indicator's series here
-- peers_share: share of the members of the area's first group that have the same series; null where
--   it has no group
with figure as (
    select
        indicator_id,
        area_code,
        source_id,
        period_kind,
        illustrative,
        alternative,
        published,
        12 * extract(year from period_start) + extract(month from period_start) as month,
        case period_kind
            when 'month' then 1
            when 'quarter' then 3
            when 'survey_wave' then 1
            else 12
        end as months
    from indicator_period
    where value is not null or suppression <> ''
),

stepped as (
    select
        *,
        month - lag(month) over (
            partition by indicator_id, area_code, source_id, period_kind
            order by month
        ) as step
    from figure
),

spanned as (
    select
        indicator_id,
        area_code,
        source_id,
        period_kind,
        illustrative,
        min(alternative) as alternative,
        min(month) as first_number,
        max(month) as last_start,
        max(month + months - 1) as last_number,
        count(*) as periods,
        -- No period is further from the next than it is long, but a survey's wave.
        min(case when period_kind = 'survey_wave' then step else least(step, months) end)
            as usual_step,
        max(published) as published
    from stepped
    group by indicator_id, area_code, source_id, period_kind, illustrative
),

-- The group that ranks begin with: the police's own first, then the newest edition.
first_group as (
    select
        of_area_code,
        illustrative,
        peer_group,
        edition,
        row_number() over (
            partition by of_area_code, illustrative
            order by
                case when peer_group = 'Most Similar Group' then 0 else 1 end,
                max(valid_from) desc,
                edition desc,
                peer_group
        ) as choice
    from peer_group_member
    group by of_area_code, illustrative, peer_group, edition
),

member as (
    select
        peer.of_area_code,
        peer.illustrative,
        peer.area_code
    from peer_group_member as peer
    inner join first_group
        on
            peer.of_area_code = first_group.of_area_code
            and peer.illustrative = first_group.illustrative
            and peer.peer_group = first_group.peer_group
            and peer.edition = first_group.edition
            and first_group.choice = 1
),

size_of_group as (
    select
        of_area_code,
        illustrative,
        count(*) as members
    from member
    group by of_area_code, illustrative
),

shared as (
    select
        member.of_area_code,
        member.illustrative,
        spanned.indicator_id,
        spanned.source_id,
        spanned.period_kind,
        count(*) as members_with
    from member
    inner join spanned
        on
            member.area_code = spanned.area_code
            and member.illustrative = spanned.illustrative
    group by
        member.of_area_code,
        member.illustrative,
        spanned.indicator_id,
        spanned.source_id,
        spanned.period_kind
),

latest as (
    select
        indicator_id,
        area_code,
        illustrative,
        max(last_number) as last_number
    from spanned
    group by indicator_id, area_code, illustrative
)

select
    spanned.indicator_id,
    spanned.area_code,
    spanned.source_id,
    spanned.period_kind,
    case when spanned.illustrative then 'illustrative' else 'real' end as figure_set,
    spanned.alternative,
    make_date(
        cast((spanned.first_number - 1) // 12 as bigint),
        cast((spanned.first_number - 1) % 12 + 1 as bigint),
        1
    ) as first_month,
    make_date(
        cast((spanned.last_number - 1) // 12 as bigint),
        cast((spanned.last_number - 1) % 12 + 1 as bigint),
        1
    ) as last_month,
    spanned.periods,
    cast(spanned.periods as double)
    / (1 + coalesce((spanned.last_start - spanned.first_number) / spanned.usual_step, 0))
        as coverage,
    spanned.published,
    spanned.last_number >= latest.last_number - 12 as is_current,
    case
        when size_of_group.members is not null
            then cast(coalesce(shared.members_with, 0) as double) / size_of_group.members
    end as peers_share
from spanned
inner join latest
    on
        spanned.indicator_id = latest.indicator_id
        and spanned.area_code = latest.area_code
        and spanned.illustrative = latest.illustrative
left join size_of_group
    on
        spanned.area_code = size_of_group.of_area_code
        and spanned.illustrative = size_of_group.illustrative
left join shared
    on
        spanned.area_code = shared.of_area_code
        and spanned.illustrative = shared.illustrative
        and spanned.indicator_id = shared.indicator_id
        and spanned.source_id = shared.source_id
        and spanned.period_kind = shared.period_kind
