-- Voters still to be called on a number that is not theirs, though another one may be called; and those who are to be called on two
select
  (select count(*)
   from call_target t
   join suppression s on s.number = t.number and s.ended_at is null
     and s.reason in ('wrong_number', 'disconnected')
   where t.state = 'open'
     and exists (
       select 1 from phone h
       where h.bucket = t.bucket and h.voter_id = t.voter_id and h.number <> t.number
         and not exists (select 1 from suppression o
                         where o.number = h.number and o.ended_at is null)))
  + (select count(*) from (
       select 1 from call_target t
       where t.state = 'open'
         and not exists (select 1 from suppression s
                         where s.number = t.number and s.ended_at is null
                           and s.reason in ('wrong_number', 'disconnected'))
       group by t.phonebank_id, t.voter_id having count(distinct t.number) > 1) two)
