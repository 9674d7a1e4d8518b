-- Lines behind which nobody is left.
delete from queue_line q
using unnest($1::bigint[], $2::bigint[]) as l(phonebank_id, number)
where q.phonebank_id = l.phonebank_id and q.number = l.number
  and not exists (select 1 from call_target t
                  where t.phonebank_id = q.phonebank_id and t.number = q.number)
