-- Sessions that ended before $1 are of no more use.
delete from session where expires_at < $1
