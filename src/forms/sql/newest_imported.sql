-- The newest answer of voters to questions, where it came from a file
select n.voter_id, n.question_id, n.choice, coalesce(n.text, ''), n.declined
from (
  select distinct on (a.bucket, a.voter_id, a.question_id) a.voter_id, a.question_id, a.choice,
    a.text, a.declined, a.channel
  from unnest($1::smallint[], $2::bigint[], $3::bigint[]) as i(bucket, voter_id, question_id)
  join answer a on a.bucket = i.bucket and a.voter_id = i.voter_id
    and a.question_id = i.question_id
  order by a.bucket, a.voter_id, a.question_id, a.at desc, a.answer_id desc
) n
where n.channel = 'import'
