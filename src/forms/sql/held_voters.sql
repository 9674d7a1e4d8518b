-- Which of these voters an experiment holds out now, also under an identity that has joined another since
select i.voter_id
from unnest($1::smallint[], $2::bigint[]) as i(bucket, voter_id)
where exists (
    select 1 from experiment_member e
    where e.bucket = i.bucket and e.voter_id = i.voter_id and e.held)
  or exists (
    select 1 from link k
    join experiment_member e on e.bucket = k.home_bucket and e.voter_id = k.home_id and e.held
    where k.bucket = i.bucket and k.voter_id = i.voter_id)
