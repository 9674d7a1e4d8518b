-- Voters who have joined a list's segment since it was frozen; who stands there already stays as they are
insert into list_member (list_id, bucket, voter_id, ordinal, arm, joined_at)
select $1, j.bucket, j.voter_id, $2 + j.place, j.arm, $3
from unnest($4::smallint[], $5::bigint[], $6::smallint[]) with ordinality as j(bucket, voter_id, arm, place)
on conflict (list_id, bucket, voter_id) do nothing
