-- Areas, and the groups that they are compared in. Each query begins with its name.

-- areas: areas that have figures, and those that plans are for, without small areas; partnerships
-- first
select area.*
from area
where
    area.area_kind <> 'lsoa'
    and (
        area.area_code in (select area_code from indicator_period)
        or area.area_code in (select area_code from plan)
    )
order by
    case area.area_kind when 'partnership' then 0 when 'force' then 1 else 2 end,
    area.area_name

-- areas_named: areas of these codes that have figures, of whatever kind
select area.*
from area
where
    area.area_code in (select unnest(cast($areas as varchar [])))
    and area.area_code in (
        select area_code
        from indicator_period
        where area_code in (select unnest(cast($areas as varchar [])))
    )
order by area.area_code

-- areas_of_series: areas that have a series of one indicator, from one source, at one frequency
select
    series.area_code,
    area.area_kind
from series
inner join area on series.area_code = area.area_code
where
    series.indicator_id = $indicator
    and series.source_id = $source
    and series.period_kind = $frequency
order by series.area_code

-- areas_without_rate: what their publisher says of areas that it gives no rates of
select distinct
    area_code,
    statement
from source_note
where effect = 'no_rate'
order by
    area_code,
    statement

-- entitled_areas: areas whose small counts this installation shows; none where it shows none
select area_code
from entitled_area
order by area_code

-- force_partnerships: partnerships of an area's police force that have figures, the area itself
-- included
select area.area_code, area.area_name, area.force_name
from area
inner join area as own on area.force_code = own.force_code
where
    own.area_code = $area
    and own.area_kind = 'partnership'
    and own.force_code <> ''
    and area.area_kind = 'partnership'
    and area.area_code in (select area_code from indicator_period)
order by area.area_name

-- illustrative_areas: areas that have made-up figures
select distinct area_code
from indicator_period
where illustrative

-- partnerships: every partnership that is known, with or without figures
select area_code, area_name, area_kind
from area
where area_kind = 'partnership' and not illustrative
order by area_name

-- small_areas: small areas of a kind that have figures and lie in one of the areas named, as codes
-- between semicolons
select area.*
from area
where
    area.area_kind = $kind
    and area.area_code in (
        select area_code
        from area_link
        where parent_code in (select unnest(string_split($within, ';')))
    )
    and area.area_code in (select area_code from indicator_period)
order by
    area.area_name,
    area.area_code

-- peer_groups: groups that an area is compared in: the police's own first, since plans set ranks in
-- that one, then the newest edition; made-up groups only where they are asked for
select
    peer_group,
    edition,
    max(valid_from) as valid_from,
    max(source) as source,
    illustrative,
    count(*) as members
from peer_group_member
where of_area_code = $area and (not illustrative or $illustrative)
group by peer_group, edition, illustrative
order by
    case when peer_group = $preferred then 0 else 1 end,
    valid_from desc,
    edition desc,
    peer_group

-- group_members: members of one edition of a group, with their names
select
    peer_group_member.*,
    coalesce(area.area_name, peer_group_member.area_code) as area_name
from peer_group_member
left join area using (area_code)
where
    of_area_code = $area
    and peer_group = $peer_group
    and edition = $edition
    and peer_group_member.illustrative = $illustrative
order by closeness_rank nulls first, area_name
