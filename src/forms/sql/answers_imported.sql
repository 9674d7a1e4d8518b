-- What files have said of voters' answers to questions, and of when
select a.voter_id, a.question_id, a.choice, coalesce(a.text, ''), a.declined, a.at
from (
  select distinct bucket, voter_id, question_id
  from unnest($1::smallint[], $2::bigint[], $3::bigint[]) as n(bucket, voter_id, question_id)
) i
join answer a on a.bucket = i.bucket and a.voter_id = i.voter_id and a.question_id = i.question_id
where a.channel = 'import'
