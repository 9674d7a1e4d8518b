-- Staged votes go to the person of now.
update vote_stage s set bucket = p.bucket, voter_id = p.voter_id
from person_late p where s.home_id = p.home_id
