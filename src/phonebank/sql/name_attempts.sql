-- The campaign's own disposition of attempts whose result is stored; a voter may be another person's by now
update contact_attempt c set own_disposition = n.own
from (
  select coalesce(l.bucket, g.bucket) as bucket, coalesce(l.voter_id, g.voter_id) as voter_id,
         g.own, g.base
  from unnest($2::smallint[], $3::bigint[], $4::text[], $5::text[])
    as g(bucket, voter_id, own, base)
  left join link l on l.home_id = g.voter_id
) n
where c.bucket = n.bucket and c.voter_id = n.voter_id and c.lease_id = $1
  and c.disposition = n.base and c.own_disposition is distinct from n.own
