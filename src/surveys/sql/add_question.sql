-- Makes a question unless there is one with this key; waits for another who makes it just now
insert into question (key, kind, text, choices) values ($1, $2, $3, $4)
on conflict (key) do nothing
