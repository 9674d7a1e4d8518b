-- All contests by name.
select contest_id, name, region, weight, previous, votes, error from contest order by name
