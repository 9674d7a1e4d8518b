-- The feed's head, and whether after a position something was said that may have given numbers to other voters
select coalesce(max(position), $1), coalesce(bool_or(kind in (
  'import_published', 'import_undone', 'voter_corrected', 'persons_joined', 'person_split',
  'persons_joined_many', 'survivorship_changed', 'voter_erased')), false)
from change where position > $1
