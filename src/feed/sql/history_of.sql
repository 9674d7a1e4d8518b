-- What happened to one subject, newest first.
select position, at, kind, subject, actor, payload
from change where subject = $1 order by position desc limit $2
