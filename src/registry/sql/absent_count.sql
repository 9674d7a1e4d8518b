-- How many of them were not absent before.
select count(*) from absent_found f
where not exists (select 1 from absence a where a.bucket = f.bucket and a.home_id = f.home_id)
