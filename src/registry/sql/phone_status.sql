-- What is known of a number holds for everybody who has it.
update phone set status = $2 where number = $1 and status <> $2
