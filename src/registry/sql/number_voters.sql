-- Who has this number: readers of the feed look at these voters again.
select distinct voter_id from phone where number = $1 order by voter_id limit 1000
