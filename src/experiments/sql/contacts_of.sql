-- When persons were tried and reached first in a stretch of time, by whatever phone bank, and whether by one of the list's own
select c.voter_id, min(c.started_at), bool_or(c.disposition = any($5::text[])), count(*),
  bool_or(c.disposition = any($5::text[]) and p.list_id = $6)
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join contact_attempt c on c.bucket = i.bucket and c.voter_id = i.id
join phonebank p on p.phonebank_id = c.phonebank_id
where c.started_at >= $3::timestamptz and c.started_at < $4::timestamptz
group by c.voter_id
