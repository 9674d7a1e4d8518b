-- Whose identity a home is now.
select l.voter_id from link l where l.home_id = $1
