-- Showings of what was barred by then: by number, by voter, by the list's hold-out
-- (what callers themselves say is in their histories, by one clock: the program's may be wrong; joined as whole sets, since a look for each of millions of showings takes hours)
select count(*) from (
  select a.lease_id
  from line_attempt a
  join suppression s on s.number = a.number
  where s.source <> 'call' and s.at < a.shown_at
    and (s.ended_at is null or s.ended_at > a.shown_at)
  union
  select a.lease_id
  from line_attempt a
  join call_target t on t.phonebank_id = a.phonebank_id and t.number = a.number
  join voter v on v.bucket = t.bucket and v.voter_id = t.voter_id
  where v.protected
  union
  select a.lease_id
  from line_attempt a
  join call_target t on t.phonebank_id = a.phonebank_id and t.number = a.number
  join phonebank p on p.phonebank_id = t.phonebank_id
  join list_member m on m.list_id = p.list_id and m.bucket = t.home_bucket
    and m.voter_id = t.home_id
  where m.arm = 0
) barred
