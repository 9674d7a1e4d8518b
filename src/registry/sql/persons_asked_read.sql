-- Whose identity each of them is now, and whether that person is there.
copy (
  select p.asked_id, p.voter_id, case when v.voter_id is null then 0 else 1 end
  from (
    select a.voter_id as asked_id, coalesce(l.bucket, a.bucket) as bucket,
           coalesce(l.voter_id, a.voter_id) as voter_id
    from person_asked a
    left join link l on l.home_id = a.voter_id
  ) p
  left join voter v on v.bucket = p.bucket and v.voter_id = p.voter_id
) to stdout
