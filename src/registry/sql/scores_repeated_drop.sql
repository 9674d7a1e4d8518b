-- What a later row of the file says again.
delete from score_run r using score_stage s
where r.import_id = $1 and r.bucket = s.bucket and r.voter_id = s.voter_id and r.home_id = s.home_id
