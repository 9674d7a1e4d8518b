-- The numbers that are missing, with what is known of each: the bars on it are still there.
insert into phone (bucket, voter_id, number, import_id, status)
select n.bucket, n.voter_id, n.number, n.import_id, coalesce((
    select case s.reason when 'wrong_number' then 'wrong' else 'disconnected' end
    from suppression s
    where s.number = n.number and s.ended_at is null
      and s.reason in ('wrong_number', 'disconnected')
    order by s.at desc limit 1), 'unknown')
from (
  select bucket, voter_id, number, min(import_id) as import_id
  from (
    select t.bucket, t.voter_id, r.phone as number, r.import_id
    from resolved t
    join record_value r on r.bucket = t.bucket and r.voter_id = t.voter_id
    where not t.protected and r.phone is not null
    union all
    select bucket, voter_id, phone, import_id from resolved where phone is not null
  ) one
  group by bucket, voter_id, number
) n
on conflict (bucket, voter_id, number) do nothing
