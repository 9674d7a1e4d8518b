-- All answers; times as microseconds since 1970. The words of numbers and of several choices only: free words are none of the segments' business.
copy (
  select a.voter_id, a.question_id, a.choice, (extract(epoch from a.at) * 1000000)::bigint,
    case when q.kind in ('multiple', 'number') then a.text end
  from answer a join question q using (question_id)
) to stdout
