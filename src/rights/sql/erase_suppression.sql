-- Bars on a person who is erased; one that names a number as well goes on for the number, unless the number is barred already.
delete from suppression t
where $1::smallint[] is not null and t.voter_id = any($2::bigint[])
  and (t.number is null or exists (
    select 1 from suppression s
    where s.number = t.number and s.reason = t.reason and s.ended_at is null
      and (s.voter_id is null
           or (s.voter_id = any($2::bigint[]) and s.suppression_id < t.suppression_id))))
