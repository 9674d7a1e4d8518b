-- Which identity belongs to whose person.
copy (
  select h.source, h.external_id, v.source, v.external_id
  from link l
  join voter v on v.bucket = l.bucket and v.voter_id = l.voter_id
  join lateral (select r.source, r.external_id from record_value r
                where r.bucket = l.bucket and r.home_id = l.home_id limit 1) h on true
) to stdout
