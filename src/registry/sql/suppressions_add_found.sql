-- Bars on the persons of id_found; gives those that were not in force before, in order.
with added as (
  insert into suppression (voter_id, home_id, reason, source, actor, at)
  select f.voter_id, nullif(min(f.home_id), f.voter_id), $1, $2, $3, $4
  from id_found f
  where not exists (select 1 from suppression s
                    where s.voter_id = f.voter_id and s.reason = $1 and s.ended_at is null)
  group by f.voter_id
  on conflict (coalesce(number, 0), coalesce(voter_id, 0), coalesce(home_id, 0), reason)
    where ended_at is null do nothing
  returning suppression_id, voter_id
)
select suppression_id, voter_id from added order by voter_id
