-- The lines of many voters, in the order in which everybody locks them.
select count(*)
from (
  select 1
  from (select distinct t.phonebank_id, t.number
        from unnest($1::bigint[]) as v(voter_id)
        join call_target t on t.voter_id = v.voter_id and t.state = 'open') hit
  join queue_line q on q.phonebank_id = hit.phonebank_id and q.number = hit.number
  order by q.number, q.phonebank_id
  for update of q
) held
