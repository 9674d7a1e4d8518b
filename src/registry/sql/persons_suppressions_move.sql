-- The bars on the identities that have another person now; home_id is null where it is the person's own.
update suppression s
set voter_id = m.to_id, home_id = nullif(m.home_id, m.to_id)
from person_move m
where s.voter_id = m.from_id and coalesce(s.home_id, s.voter_id) = m.home_id
