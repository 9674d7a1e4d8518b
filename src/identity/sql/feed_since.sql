-- What has happened to persons since: a run that was reckoned before may no longer know them.
select kind, subject, payload
from change
where position > $1
  and kind in ('persons_joined', 'persons_joined_many', 'person_split', 'identity_decided',
               'import_undone')
order by position
limit $2
