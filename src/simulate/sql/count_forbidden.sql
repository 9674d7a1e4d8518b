-- Showings of what was barred by then: by number, by voter, by the list's hold-out
-- (what callers themselves say is in their histories, by one clock: the program's may be wrong)
select count(*)
from line_attempt a
where exists (select 1 from suppression s
              where s.number = a.number and s.source <> 'call' and s.at < a.shown_at
                and (s.ended_at is null or s.ended_at > a.shown_at))
   or exists (select 1 from call_target t
              join voter v on v.bucket = t.bucket and v.voter_id = t.voter_id
              where t.phonebank_id = a.phonebank_id and t.number = a.number and v.protected)
   or exists (select 1 from call_target t
              join phonebank p on p.phonebank_id = t.phonebank_id
              join list_member m on m.list_id = p.list_id and m.bucket = t.home_bucket
                and m.voter_id = t.home_id
              where t.phonebank_id = a.phonebank_id and t.number = a.number and m.arm = 0)
