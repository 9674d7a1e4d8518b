-- Makes a question, or gives the one with this key its newest words
insert into question (key, kind, text, choices)
values ($1, $2, $3, $4)
on conflict (key) do update set text = excluded.text, choices = excluded.choices
returning question_id
