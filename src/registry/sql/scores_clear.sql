-- What is visible is found again from the runs that are left.
delete from voter_score v using person_set s where v.bucket = s.bucket and v.voter_id = s.voter_id
