-- What a person answered, with the question's text.
select to_jsonb(t) - 'bucket' - $3::text[]
       || jsonb_build_object('question', q.text,
                             'answer', case
         when q.kind = 'multiple' then (
           select string_agg(q.choices ->> (c::int - 1), ', ' order by c::int)
           from unnest(string_to_array(t.text, ' ')) as n(c))
         else coalesce(t.text, q.choices ->> (t.choice - 1)) end)
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join answer t on t.bucket = i.bucket and t.voter_id = i.id
join question q on q.question_id = t.question_id
order by t.at, t.answer_id
