-- What is new for a reader, oldest first.
select position, at, kind, subject, actor, payload
from change where position > $1 order by position limit $2
