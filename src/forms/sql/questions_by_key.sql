-- Questions by their keys
select question_id, key, kind, choices from question where key = any($1::text[])
