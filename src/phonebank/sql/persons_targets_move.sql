-- Targets follow the identity that stood in the list; voter_before keeps the id that a page may still show
update call_target t
set bucket = m.to_bucket, voter_id = m.to_id, voter_before = m.from_id
from person_move m
where t.voter_id = m.from_id and t.home_id = m.home_id
