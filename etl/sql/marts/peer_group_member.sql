-- Members of the groups that areas are compared in, the area itself among them. A member that a
-- plan and a loaded file both name is one member. A made-up group is seen through its plan alone.
-- grain: peer_group, edition, of_area_code, area_code, illustrative
-- peer_group: what the group is called
-- edition: edition of its membership; ranks of different editions do not compare
-- of_area_code: the area that the group is of
-- area_code: the member
-- closeness_rank: 1 is the most similar; null for the area itself and where it is not given
-- valid_from: first day of the edition, "" when not given
-- valid_to: last day, "" when it still holds or is not given
-- source: who says so
-- illustrative: whether the group is made up
with members as (
    select
        *,
        row_number() over (
            partition by peer_group, edition, of_area_code, area_code, illustrative
            order by closeness_rank, valid_from desc, valid_to desc, source
        ) as choice
    from source_peer
    where area_code <> of_area_code
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
from members
where choice = 1
union all
select
    peer_group,
    edition,
    of_area_code,
    of_area_code as area_code,
    cast(null as double) as closeness_rank,
    max(valid_from) as valid_from,
    max(valid_to) as valid_to,
    max(source) as source,
    illustrative
from source_peer
group by peer_group, edition, of_area_code, illustrative
