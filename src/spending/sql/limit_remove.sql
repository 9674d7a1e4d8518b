-- Takes a limit away.
delete from spend_limit where limit_id = $1
