-- Which identities are one person, whatever its id.
copy (
  select string_agg(i.source || ' ' || i.external_id, ', ' order by i.source, i.external_id)
  from (
    select distinct r.bucket, r.voter_id, r.home_id, r.source, r.external_id
    from record_value r
    where exists (select 1 from link l where l.bucket = r.bucket and l.voter_id = r.voter_id)
  ) i
  group by i.bucket, i.voter_id
  having count(*) > 1
) to stdout
