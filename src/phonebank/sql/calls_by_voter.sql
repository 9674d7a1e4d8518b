-- Tries to reach each voter and conversations with them, of the newest tries
select voter_id, count(*), count(*) filter (where disposition = any($3::text[]))
from (
  select voter_id, disposition from contact_attempt
  where phonebank_id = $1 order by ended_at desc limit $2
) a
group by voter_id
