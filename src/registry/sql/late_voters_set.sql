-- Changed rows go to the person of now.
update voter_change s set bucket = p.bucket, voter_id = p.voter_id
from person_late p where s.home_id = p.home_id
