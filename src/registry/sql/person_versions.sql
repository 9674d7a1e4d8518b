-- What every version of every record of a person says of some fields, the newest first; a person's only record is the profile. Fields that an import's blanks do not clear are marked.
with version as (
  select r.home_id, r.import_id, r.source, to_jsonb(r) as value
  from record_value r
  where r.bucket = $1 and r.voter_id = $2
  union all
  select v.voter_id, s.import_id, v.source, to_jsonb(v)
  from voter v
  join lateral (
    select r.import_id from source_record r
    where r.bucket = v.bucket and r.voter_id = v.voter_id
    order by r.import_id desc limit 1
  ) s on true
  where v.bucket = $1 and v.voter_id = $2
    and not exists (select 1 from record_value r where r.bucket = $1 and r.voter_id = $2)
)
select f.place - 1, v.home_id, v.source, v.value ->> f.name, f.name = any(n.blank_keeps),
       v.import_id, n.file_name, coalesce(n.ended_at, n.started_at),
       coalesce((select s.line from source_record s
                 where s.import_id = v.import_id and s.voter_id = v.home_id limit 1), 0)
from version v
join import_run n on n.import_id = v.import_id
cross join unnest($3::text[]) with ordinality as f(name, place)
order by v.import_id desc, v.home_id, f.place
