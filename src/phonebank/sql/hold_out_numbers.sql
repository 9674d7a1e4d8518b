-- The numbers of an experiment's locked hold-out
select distinct h.number
from experiment_member e
left join link k on k.home_id = e.voter_id
join phone h on h.bucket = coalesce(k.bucket, e.bucket)
  and h.voter_id = coalesce(k.voter_id, e.voter_id)
where e.experiment_id = $1 and e.held
