-- The scores of voters who had none. In the key's order: the index then grows at its end.
insert into voter_score (bucket, voter_id, import_id, support, turnout, persuadability, other)
select r.bucket, r.voter_id, r.import_id, r.support, r.turnout, r.persuadability, r.other
from score_run r
where r.import_id = $1
  and not exists (select from voter_score v where v.bucket = r.bucket and v.voter_id = r.voter_id)
order by r.bucket, r.voter_id
on conflict (bucket, voter_id) do nothing
