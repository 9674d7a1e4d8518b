-- Every identity with the values by which it is compared: of a person with one identity the profile, which has what people have corrected; of others the newest version of each. Nobody who is protected by law takes part.
copy (
  select v.voter_id, v.voter_id, v.source, v.source = lower(v.state), v.first_name, v.middle_name,
         v.last_name, v.suffix, v.gender, v.birth_year, v.birth_month, v.birth_date, v.street,
         v.city, v.zip5, v.phone, v.email
  from voter v
  where not v.protected
    and not exists (select 1 from link l where l.bucket = v.bucket and l.voter_id = v.voter_id)
  union all
  select i.home_id, i.voter_id, i.source, i.source = lower(i.state), i.first_name, i.middle_name,
         i.last_name, i.suffix, i.gender, i.birth_year, i.birth_month, i.birth_date, i.street,
         i.city, i.zip5, i.phone, i.email
  from (
    select distinct on (r.bucket, r.voter_id, r.home_id) r.*
    from record_value r
    join voter v on v.bucket = r.bucket and v.voter_id = r.voter_id and not v.protected
    where exists (select 1 from link l where l.bucket = r.bucket and l.voter_id = r.voter_id)
    order by r.bucket, r.voter_id, r.home_id, r.import_id desc
  ) i
) to stdout
