-- The same as identities_copy, of a few homes.
with wanted as materialized (
  select w.home_id, coalesce(l.bucket, w.bucket) as bucket, coalesce(l.voter_id, w.home_id) as voter_id
  from unnest($1::bigint[], $2::smallint[]) as w (home_id, bucket)
  left join link l on l.home_id = w.home_id
), several as materialized (
  select distinct w.bucket, w.voter_id
  from wanted w
  join link l on l.bucket = w.bucket and l.voter_id = w.voter_id
)
select v.voter_id as home_id, v.voter_id, v.source, v.source = lower(v.state), v.first_name,
       v.middle_name, v.last_name, v.suffix, v.gender, v.birth_year, v.birth_month, v.birth_date,
       v.street, v.city, v.zip5, v.phone, v.email
from wanted w
join voter v on v.bucket = w.bucket and v.voter_id = w.voter_id
where not v.protected
  and not exists (select 1 from several s where s.bucket = w.bucket and s.voter_id = w.voter_id)
union all
select i.home_id, i.voter_id, i.source, i.source = lower(i.state), i.first_name, i.middle_name,
       i.last_name, i.suffix, i.gender, i.birth_year, i.birth_month, i.birth_date, i.street,
       i.city, i.zip5, i.phone, i.email
from (
  select distinct on (r.bucket, r.voter_id, r.home_id) r.*
  from wanted w
  join several s on s.bucket = w.bucket and s.voter_id = w.voter_id
  join voter v on v.bucket = s.bucket and v.voter_id = s.voter_id and not v.protected
  join record_value r on r.bucket = w.bucket and r.voter_id = w.voter_id and r.home_id = w.home_id
  order by r.bucket, r.voter_id, r.home_id, r.import_id desc
) i
