-- Who of a list gets a link to a form: everybody who is not done with it, under whatever identity, and whom no experiment holds out, each person once
with done as materialized (
  select distinct coalesce(g.voter_id, k.voter_id) as voter_id
  from form_link k
  left join link g on g.home_id = k.voter_id
  where k.form_id = $1 and k.done_at is not null
)
select distinct on (v.voter_id) m.bucket, m.voter_id, v.voter_id, v.external_id
from list_member m
left join link l on l.home_id = m.voter_id
join voter v on v.bucket = coalesce(l.bucket, m.bucket)
  and v.voter_id = coalesce(l.voter_id, m.voter_id)
left join done d on d.voter_id = v.voter_id
where m.list_id = $2 and not v.protected and d.voter_id is null and m.arm <> 0
  and not exists (
    select 1 from experiment_member e
    where e.bucket = m.bucket and e.voter_id = m.voter_id and e.held)
order by v.voter_id, m.ordinal
