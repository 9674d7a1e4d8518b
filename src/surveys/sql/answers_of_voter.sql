-- A voter's answers with the words of question and choice, newest first
select a.question_id, q.key, q.text, a.choice,
       coalesce(q.choices ->> (a.choice - 1), a.text, ''), a.declined, a.at, a.attempt_id
from answer a
join question q on q.question_id = a.question_id
where a.bucket = $1 and a.voter_id = $2
order by a.at desc, a.answer_id desc
limit $3
