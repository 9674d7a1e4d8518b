-- All identities that were joined to a person, with or without records, those that were persons later first.
select l.home_id from link l where l.bucket = $1 and l.voter_id = $2
order by l.at desc, l.home_id
