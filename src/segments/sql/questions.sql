-- The questions that rules can ask about: those with choices.
select question_id, key, kind, text, choices from question
where kind <> 'text' order by question_id
