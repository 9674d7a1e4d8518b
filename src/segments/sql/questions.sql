-- The questions that rules can ask about: all but those for free words.
select question_id, key, kind, text, choices from question
where kind <> 'text' order by question_id
