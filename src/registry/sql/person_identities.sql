-- The identities of a person that have records, the person's own first, each with its newest version.
select i.home_id, i.source, i.external_id, i.first_name, i.middle_name, i.last_name, i.suffix,
       i.birth_year, i.import_id, n.file_name, coalesce(n.ended_at, n.started_at),
       coalesce((select s.line from source_record s
                 where s.import_id = i.import_id and s.voter_id = i.home_id limit 1), 0),
       i.versions, exists (select 1 from absence a where a.bucket = $1 and a.home_id = i.home_id),
       l.decided_by, l.at, l.probability::float8, l.bits
from (
  select distinct on (r.home_id) r.home_id, r.source, r.external_id, r.first_name, r.middle_name,
    r.last_name, r.suffix, r.birth_year, r.import_id, count(*) over (partition by r.home_id) as versions
  from record_value r
  where r.bucket = $1 and r.voter_id = $2
  order by r.home_id, r.import_id desc
) i
join import_run n on n.import_id = i.import_id
left join link l on l.bucket = $1 and l.home_id = i.home_id and l.voter_id = $2
union all
select v.voter_id, v.source, v.external_id, v.first_name, v.middle_name, v.last_name, v.suffix,
       v.birth_year, s.import_id, n.file_name, coalesce(n.ended_at, n.started_at), s.line, 1,
       v.absent_since_import is not null, null, null, null, null
from voter v
join lateral (
  select r.import_id, r.line from source_record r
  where r.bucket = v.bucket and r.voter_id = v.voter_id
  order by r.import_id desc limit 1
) s on true
join import_run n on n.import_id = s.import_id
where v.bucket = $1 and v.voter_id = $2
  and not exists (select 1 from record_value r where r.bucket = $1 and r.voter_id = $2)
order by 16 nulls first, 1
