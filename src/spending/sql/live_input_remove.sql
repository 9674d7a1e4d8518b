-- What is no longer read.
delete from live_input where name = $1
