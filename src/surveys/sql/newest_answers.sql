-- Each voter's newest answer to a question, counted by choice: 0 declined, -1 free words
select choice, count(*)
from (
  select distinct on (bucket, voter_id)
         case when declined then 0 else coalesce(choice, -1) end as choice
  from answer
  where question_id = $1
  order by bucket, voter_id, at desc, answer_id desc
) newest
group by choice
