-- Members of the groups that areas are compared in, the area itself among them. A made-up group
-- is left out as soon as the area it is for has real figures.
-- grain: peer_group, edition, of_area_code, area_code
-- peer_group: what the group is called
-- edition: edition of its membership; ranks of different editions do not compare
-- of_area_code: the area that the group is of
-- area_code: the member
-- closeness_rank: 1 is the most similar; null for the area itself and where it is not given
-- valid_from: first day of the edition, "" when not given
-- valid_to: last day, "" when it still holds or is not given
-- source: who says so
-- illustrative: whether the group is made up
with in_use as (
    select peer.*
    from source_peer as peer
    left join stg_area_with_real_figures as real_figures
        on peer.of_area_code = real_figures.area_code
    where not peer.illustrative or real_figures.area_code is null
)

select
    peer_group,
    edition,
    of_area_code,
    area_code,
    closeness_rank,
    valid_from,
    valid_to,
    source,
    illustrative
from in_use
union all
select distinct
    peer_group,
    edition,
    of_area_code,
    of_area_code as area_code,
    cast(null as double) as closeness_rank,
    valid_from,
    valid_to,
    source,
    illustrative
from in_use
