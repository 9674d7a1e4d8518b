-- The lines of phone banks that are to call a person.
select to_jsonb(q) - $3::text[]
from (select distinct t.phonebank_id, t.number from call_target t
      where $1::smallint[] is not null and t.voter_id = any($2::bigint[])) l
join queue_line q on q.phonebank_id = l.phonebank_id and q.number = l.number
order by q.phonebank_id, q.number
