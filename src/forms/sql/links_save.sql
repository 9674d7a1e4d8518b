-- Links of a form, with their tokens' hashes as hex; who had one has the new one only, and who is done meanwhile keeps the old one. Whose were written
insert into form_link (form_id, bucket, voter_id, token_hash)
select $1, n.bucket, n.voter_id, decode(n.token_hash, 'hex')
from unnest($2::smallint[], $3::bigint[], $4::text[]) as n(bucket, voter_id, token_hash)
on conflict (form_id, bucket, voter_id) do update set token_hash = excluded.token_hash
where form_link.done_at is null
returning voter_id
