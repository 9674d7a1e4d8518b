-- Calls of a person who is erased: what comes of them later is answered, and not kept.
insert into erased_lease (lease_id, caller_id, at)
select a.lease_id, a.caller_id, $3
from line_attempt a
where a.number = any($2::bigint[])
  and exists (select 1 from call_target t
              where t.phonebank_id = a.phonebank_id and t.number = a.number
                and t.voter_id = any($1::bigint[]))
on conflict (lease_id) do nothing
