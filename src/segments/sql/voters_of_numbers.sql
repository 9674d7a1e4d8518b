-- Who has one of these phone numbers.
select distinct voter_id from phone where number = any($1)
