-- Persons of whom some call in a stretch of time ended so
select c.voter_id, 1::float8, min(c.started_at)
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join contact_attempt c on c.bucket = i.bucket and c.voter_id = i.id
where c.disposition = $5 and c.started_at >= $3::timestamptz and c.started_at < $4::timestamptz
group by c.voter_id
