-- All answers of some voters, by bucket and id; words of numbers and of several choices only.
select t.voter_id, t.question_id, t.choice, t.at, q.kind,
  case when q.kind in ('multiple', 'number') then t.text end
from unnest($1::smallint[], $2::bigint[]) as r (bucket, voter_id)
join answer t on t.bucket = r.bucket and t.voter_id = r.voter_id
join question q using (question_id)
order by t.at, t.answer_id
