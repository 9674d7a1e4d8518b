-- What answers a question allows
select kind, jsonb_array_length(choices) from question where question_id = $1
