-- Each voter's newest answer to a question that takes several choices, counted by choice
select choice::int, count(*)
from (
  select distinct on (bucket, voter_id) text
  from answer
  where question_id = $1
  order by bucket, voter_id, at desc, answer_id desc
) newest
cross join lateral unnest(string_to_array(newest.text, ' ')) as chosen(choice)
group by choice
