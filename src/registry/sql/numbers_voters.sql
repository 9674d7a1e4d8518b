-- Who has one of these numbers: readers of the feed look at these voters again.
select distinct voter_id from phone where number = any($1) order by voter_id
