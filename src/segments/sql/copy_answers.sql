-- All answers; times as microseconds since 1970.
copy (
  select voter_id, question_id, choice, (extract(epoch from at) * 1000000)::bigint from answer
) to stdout
