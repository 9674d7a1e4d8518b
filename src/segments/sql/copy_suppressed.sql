-- The voters who are barred from contact now, by themselves or by their number; whether by nothing but a ballot that is in
copy (
  select b.voter_id, bool_and(b.reason = 'already_voted')
  from (
    select s.voter_id, s.reason from suppression s
    where s.ended_at is null and s.voter_id is not null
    union all
    select v.voter_id, s.reason from suppression s join voter v on v.phone = s.number
    where s.ended_at is null
  ) b
  group by b.voter_id
) to stdout
