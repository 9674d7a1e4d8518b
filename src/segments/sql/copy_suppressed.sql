-- The voters who are barred from contact now, by themselves or by their number.
copy (
  select s.voter_id from suppression s where s.ended_at is null and s.voter_id is not null
  union
  select v.voter_id from suppression s join voter v on v.phone = s.number
  where s.ended_at is null
) to stdout
