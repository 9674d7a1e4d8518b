-- How often each answer was given on a phone bank in a stretch of time: 0 declined, -1 free words
select question_id, case when declined then 0 else coalesce(choice, -1) end as given, count(*)
from answer
where question_id = any($1::bigint[]) and phonebank_id = $2 and at >= $3 and at < $4
group by question_id, given
