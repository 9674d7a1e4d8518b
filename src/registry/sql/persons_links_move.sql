-- Links of the identities that have another person now; one that is that person's own has none.
with gone as (
  delete from link l using person_move m
  where l.bucket = m.from_bucket and l.voter_id = m.from_id and l.home_id = m.home_id
  returning m.to_bucket, m.to_id, l.home_id, l.home_bucket, l.decided_by, l.probability, l.bits, l.at
)
insert into link (bucket, home_id, home_bucket, voter_id, decided_by, probability, bits, at)
select to_bucket, home_id, home_bucket, to_id, decided_by, probability, bits, at
from gone where home_id <> to_id
