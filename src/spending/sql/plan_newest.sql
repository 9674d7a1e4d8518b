-- The newest plan's document.
select document::text from plan order by plan_id desc limit 1
