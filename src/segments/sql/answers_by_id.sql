-- All answers of some voters, by bucket and id.
select t.voter_id, t.question_id, t.choice, t.at
from unnest($1::smallint[], $2::bigint[]) as r (bucket, voter_id)
join answer t on t.bucket = r.bucket and t.voter_id = r.voter_id
order by t.at, t.answer_id
