-- Which contests' own errors go together.
select contest_id, other_id, correlation from contest_correlation order by contest_id, other_id
