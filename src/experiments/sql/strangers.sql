-- Voters whom the list's phone banks reached although they never were on the list
select count(distinct c.voter_id)
from phonebank p
join contact_attempt c on c.phonebank_id = p.phonebank_id
where p.list_id = $2 and c.started_at >= $3 and not exists (
  select 1 from experiment_member e where e.experiment_id = $1
    and e.bucket = c.bucket and e.voter_id in (c.voter_id, c.home_id))
  and not exists (
  select 1 from link k join experiment_member e on e.experiment_id = $1
    and e.bucket = k.home_bucket and e.voter_id = k.home_id
  where k.bucket = c.bucket and k.voter_id = c.voter_id)
