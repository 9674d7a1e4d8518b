-- Whose values may be others since: what an index in memory must read again.
select kind, subject, payload, position
from change
where position > $1
  and kind in ('import_published', 'voter_corrected', 'voter_erased')
order by position
limit $2
