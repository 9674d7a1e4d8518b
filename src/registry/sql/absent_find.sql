-- Who of absent_stage is absent since which file: the first later one of the source that covers the county of the identity's newest record.
insert into absent_found (bucket, home_id, voter_id, import_id)
select x.bucket, x.home_id, x.voter_id, x.since
from (
  select coalesce(l.bucket, a.bucket) as bucket, a.home_id,
         coalesce(l.voter_id, a.home_id) as voter_id,
         (select min(p.import_id) from import_presence p
          where p.source = $1 and p.part = '' and p.import_id > a.last_import
            and p.counties @> array[coalesce(r.county, v.county)]) as since
  from absent_stage a
  left join link l on l.home_id = a.home_id
  left join lateral (
    select county from record_value r
    where r.bucket = coalesce(l.bucket, a.bucket) and r.home_id = a.home_id
    order by r.import_id desc limit 1
  ) r on true
  left join voter v on v.bucket = a.bucket and v.voter_id = a.home_id
) x
where x.since is not null
