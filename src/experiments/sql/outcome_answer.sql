-- The newest answers of persons to a question in a stretch of time; $6 the choices that count as 1 (none: the choice's number)
select distinct on (a.bucket, a.voter_id) a.voter_id,
  case when cardinality($6::int[]) = 0 then a.choice::float8
       else (a.choice = any($6::int[]))::int::float8 end, a.at
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join answer a on a.bucket = i.bucket and a.voter_id = i.id
where a.question_id = $5 and a.at >= $3::timestamptz and a.at < $4::timestamptz
  and a.choice is not null
order by a.bucket, a.voter_id, a.at desc, a.answer_id desc
