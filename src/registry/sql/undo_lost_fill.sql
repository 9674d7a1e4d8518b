-- Of the identities that lose a record, those that have no other.
insert into undo_lost (bucket, voter_id, home_id)
select coalesce(l.bucket, g.bucket), coalesce(l.voter_id, g.home_id), g.home_id
from undo_gone g
left join link l on l.home_id = g.home_id
where not exists (select 1 from source_record r
                  where r.bucket = g.bucket and r.voter_id = g.home_id and r.import_id <> $1)
