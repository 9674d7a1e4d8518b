-- What is known of many numbers holds for everybody who has one of them.
update phone set status = $2 where number = any($1) and status <> $2
