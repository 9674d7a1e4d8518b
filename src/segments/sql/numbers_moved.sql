-- The feed's head; whether after a position something was said that may have given any number to other voters, or that locked or freed a hold-out; and the voters about whom alone such a thing was said
select (select coalesce(max(position), $1) from change),
  coalesce(bool_or(c.kind in ('import_published', 'import_undone', 'persons_joined_many',
                              'survivorship_changed')), false),
  coalesce(bool_or(c.kind = 'experiment_saved'), false),
  coalesce(array_agg(v.voter_id) filter (where v.voter_id is not null), '{}')
from change c
left join lateral (
  select substring(c.subject from '^voter:([0-9]+)$')::bigint as voter_id
  where c.kind in ('voter_corrected', 'voter_erased', 'persons_joined', 'person_split')
  union all
  select (c.payload ->> 'split_off')::bigint where c.kind = 'person_split'
  union all
  select j.value::bigint from jsonb_array_elements_text(c.payload -> 'joined') j
  where c.kind = 'persons_joined'
) v on true
where c.position > $1 and c.kind in (
  'import_published', 'import_undone', 'persons_joined_many', 'survivorship_changed',
  'experiment_saved', 'voter_corrected', 'voter_erased', 'persons_joined', 'person_split')
