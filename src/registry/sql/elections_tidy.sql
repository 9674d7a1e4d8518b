-- Elections that no published file speaks of any more.
delete from election e
where e.election_id = any($1)
  and not exists (select 1 from import_presence p where p.part = e.election_id::text)
  and not exists (select 1 from vote t where t.election_id = e.election_id)
