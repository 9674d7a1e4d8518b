-- What the profile shows of some fields, and the correction that holds for each, the latest.
select v.value ->> f.name, (
    select k.correction_id from correction k
    where k.bucket = $1 and k.voter_id = $2 and k.ended_at is null and k.fields ? f.name
      and exists (select 1 from record_value r where r.bucket = $1 and r.home_id = k.home_id)
    order by k.correction_id desc limit 1)
from (select to_jsonb(voter) as value from voter where bucket = $1 and voter_id = $2) v
cross join unnest($3::text[]) with ordinality as f(name, place)
order by f.place
