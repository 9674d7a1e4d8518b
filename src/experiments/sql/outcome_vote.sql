-- Persons who voted in an election, which may have been held in several states
select distinct v.voter_id, 1::float8, null::timestamptz
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join vote v on v.bucket = i.bucket and v.voter_id = i.id
where v.election_id in (
  select election_id from election where to_char(held_on, 'YYYY-MM-DD') || ' ' || kind = $3)
