-- groups that an area is compared in, newest edition first
select
    peer_group,
    edition,
    max(valid_from) as valid_from,
    max(source) as source,
    bool_or(illustrative) as illustrative,
    count(*) as members
from peer_group_member
where of_area_code = $area
group by peer_group, edition
order by edition desc, peer_group
