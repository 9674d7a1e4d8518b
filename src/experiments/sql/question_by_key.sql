-- A question that an outcome asks about, and how many choices it has
select question_id, kind, jsonb_array_length(choices) from question where key = $1
