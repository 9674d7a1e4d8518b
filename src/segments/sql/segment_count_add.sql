-- What a segment counted at a moment; segments removed meanwhile are left out
insert into segment_count (segment_id, at, version, position, voters, households, with_phone)
select s.segment_id, $1, n.version, n.position, n.voters, n.households, n.with_phone
from unnest($2::bigint[], $3::int[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
  as n (segment_id, version, position, voters, households, with_phone)
join segment s on s.segment_id = n.segment_id
where s.removed_at is null
on conflict (segment_id, at) do nothing
