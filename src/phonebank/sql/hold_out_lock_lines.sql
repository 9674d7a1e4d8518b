-- The lines of a locked hold-out's numbers in all phone banks, in the order in which everybody locks them
select count(*)
from (
  select 1 from queue_line q
  where q.number = any($1::bigint[])
  order by q.number, q.phonebank_id
  for update of q
) held
