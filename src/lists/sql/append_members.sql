-- Voters who have joined a list's segment since it was frozen; who stands there already stays as they are
-- (joined_at rises with each joining, also where a reader of the feed that is behind brings them: who follows the list goes by it)
insert into list_member (list_id, bucket, voter_id, ordinal, arm, joined_at)
select $1, j.bucket, j.voter_id, $2 + j.place, j.arm,
       greatest($3, (select max(m.joined_at) + 1 from list_member m
                     where m.list_id = $1 and m.joined_at is not null))
from unnest($4::smallint[], $5::bigint[], $6::smallint[]) with ordinality as j(bucket, voter_id, arm, place)
on conflict (list_id, bucket, voter_id) do nothing
