-- Sign-in links that ended before $1 are of no more use.
delete from sign_in_link where expires_at < $1
