-- A caller's own calls and conversations on a phone bank, and since when
select count(*), count(*) filter (where r.spoken),
       (select s.joined_at from caller_shift s where s.phonebank_id = $2 and s.person_id = $1)
from call_result r
where r.caller_id = $1 and r.phonebank_id = $2
