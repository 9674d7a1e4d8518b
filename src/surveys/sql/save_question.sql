-- Gives a question its newest words; its first choices have been compared under lock_question
update question set text = $2, choices = $3 where question_id = $1
