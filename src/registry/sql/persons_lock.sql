-- Whoever writes a row for one of these persons of a bucket just now ends first, whoever comes later waits.
select count(*) from (
  select 1 from voter v
  where v.bucket = $1 and v.voter_id = any($2::bigint[])
  order by v.voter_id
  for update
) held
