-- A voter's answers with the words of question and choice, newest first
select a.question_id, q.key, q.text, a.choice,
       case when q.kind = 'multiple' and a.text is not null then (
              select string_agg(q.choices ->> (c::int - 1), ', ' order by c::int)
              from unnest(string_to_array(a.text, ' ')) as n(c))
            else coalesce(q.choices ->> (a.choice - 1), a.text, '') end, a.declined, a.at, a.attempt_id
from answer a
join question q on q.question_id = a.question_id
where a.bucket = $1 and a.voter_id = $2
order by a.at desc, a.answer_id desc
limit $3
