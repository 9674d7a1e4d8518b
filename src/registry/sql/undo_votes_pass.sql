-- Votes that a later import repeated are its own now.
update vote t set import_id = p.import_id
from undo_vote_pass p
where t.import_id = $1 and t.election_id = p.election_id and t.home_id = p.home_id
