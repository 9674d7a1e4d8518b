-- With which chance each member of a sample was drawn, by the person that the member is now
select distinct on (coalesce(l.voter_id, m.voter_id)) coalesce(l.voter_id, m.voter_id),
  m.probability, m.stratum, m.cluster, coalesce(m.cluster_probability, 0)
from list_member m left join link l on l.home_id = m.voter_id
where m.list_id = $1 and m.probability is not null
order by coalesce(l.voter_id, m.voter_id), m.ordinal
