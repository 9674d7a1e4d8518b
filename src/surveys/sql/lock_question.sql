-- A question by its key, locked until the script that uses it is saved
select question_id, kind, choices from question where key = $1 for update
