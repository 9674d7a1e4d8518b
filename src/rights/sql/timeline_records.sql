-- What each file said of a person, and what it changed against the version before; without columns that must not be shown ($3).
with version as (
  select r.home_id, r.import_id, to_jsonb(r) - array['bucket', 'home_id', 'voter_id', 'import_id',
           'source', 'external_id', 'household_id', 'quality', 'absent_since_import'] - $3::text[]
           as now,
         lag(to_jsonb(r) - $3::text[]) over (partition by r.home_id order by r.import_id) as before
  from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
  join record_value r on r.bucket = $4::smallint and r.voter_id = $5::bigint and r.home_id = i.id
)
select n.import_id, coalesce(n.ended_at, n.started_at), n.file_name, n.started_by, t.source,
       t.external_id, t.line,
       v.before is null and not exists (
         select 1 from source_record e
         where e.import_id < t.import_id and e.bucket = t.bucket and e.voter_id = t.voter_id),
       d.key, v.before ->> d.key, d.value
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
cross join import_run n
join source_record t on t.import_id = n.import_id and t.bucket = i.bucket and t.voter_id = i.id
left join version v on v.home_id = t.voter_id and v.import_id = t.import_id
left join lateral (
  select key, value from jsonb_each_text(v.now)
  where v.before is not null and v.before ->> key is distinct from value
) d on true
order by n.import_id desc, t.line, d.key
limit $6
