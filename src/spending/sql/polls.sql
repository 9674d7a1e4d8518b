-- The polls that ended on or after a day, oldest first.
select contest_id, pollster, end_day::text, people, ours, theirs from poll
where end_day >= $1::date order by end_day, poll_id
