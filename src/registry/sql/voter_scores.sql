-- The scores of a voter, and which run each of them is of: the newest that has it.
select v.support, v.turnout, v.persuadability, coalesce(v.other, '{}'),
       coalesce((
         select jsonb_object_agg(k.name, k.import_id order by k.import_id)
         from score_run r
         cross join lateral (
           select 'support' as name, r.import_id where r.support is not null
           union all
           select 'turnout', r.import_id where r.turnout is not null
           union all
           select 'persuadability', r.import_id where r.persuadability is not null
           union all
           select 'other.' || o.name, r.import_id from jsonb_object_keys(r.other) as o(name)
         ) k
         where r.bucket = v.bucket and r.voter_id = v.voter_id
       ), '{}')
from voter_score v where v.bucket = $1 and v.voter_id = $2
