-- The identities of a source whose records were undone: they get the same home when they come again.
select k.home_id, coalesce(l.voter_id, k.home_id), k.external_id
from identity_kept k
left join link l on l.home_id = k.home_id
where k.source = $1
