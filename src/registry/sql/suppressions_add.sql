-- Bars on many numbers at once; gives those that were not in force before, in order.
with added as (
  insert into suppression (number, reason, source, actor, at)
  select number, $2, $3, $4, $5 from unnest($1::bigint[]) as n(number)
  on conflict (coalesce(number, 0), coalesce(voter_id, 0), coalesce(home_id, 0), reason)
    where ended_at is null do nothing
  returning suppression_id, number
)
select suppression_id, number from added order by number
