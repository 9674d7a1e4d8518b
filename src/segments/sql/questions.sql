-- The questions that rules can ask about: those with one choice.
select question_id, key, kind, text, choices from question
where kind in ('choice', 'scale') order by question_id
