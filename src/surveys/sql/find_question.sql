-- A question by its key, with its newest words
select question_id, kind, text, choices from question where key = $1
