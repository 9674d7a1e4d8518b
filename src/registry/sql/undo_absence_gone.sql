-- Nobody can be absent who is not known.
delete from absence a using undo_lost u where a.bucket = u.bucket and a.home_id = u.home_id
