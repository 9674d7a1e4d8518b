-- Identities that the undo of import $1 leaves without a record and that the system had joined: each is a person of its own again. Where a person's own identity goes, the others that the system had joined to it move to the lowest of them.
with lost as materialized (
  select g.bucket, g.home_id
  from undo_gone g
  where not exists (select 1 from source_record r
                    where r.bucket = g.bucket and r.voter_id = g.home_id and r.import_id <> $1)
)
insert into person_move (home_bucket, home_id, from_bucket, from_id, to_bucket, to_id)
select l.home_bucket, l.home_id, l.bucket, l.voter_id, l.home_bucket, l.home_id
from lost o
join link l on l.home_id = o.home_id and l.decided_by = 'system'
union all
select l.home_bucket, l.home_id, l.bucket, l.voter_id,
       first_value(l.home_bucket) over person, first_value(l.home_id) over person
from lost o
join link l on l.bucket = o.bucket and l.voter_id = o.home_id and l.decided_by = 'system'
where not exists (select 1 from lost h where h.home_id = l.home_id)
window person as (partition by l.bucket, l.voter_id order by l.home_id)
