-- members of one edition of a group, with their names
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
