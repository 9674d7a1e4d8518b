-- Members whose arm on the list is another than when the experiment began, and voters who were put on the list since (not those who joined a segment that phone banks follow: they are drawn like the others, and are in no experiment)
select
  (select count(*) from experiment_member e
   join list_member m on m.list_id = $2 and m.bucket = e.bucket and m.voter_id = e.voter_id
   where e.experiment_id = $1 and m.arm <> e.arm),
  (select count(*) from list_member m
   where m.list_id = $2 and m.joined_at is null and not exists (
     select 1 from experiment_member e
     where e.experiment_id = $1 and e.bucket = m.bucket and e.voter_id = m.voter_id))
