-- groups that an area is compared in: the police's own first, since plans set ranks in that one,
-- then the newest edition; made-up groups only where they are asked for
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
