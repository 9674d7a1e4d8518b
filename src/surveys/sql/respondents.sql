-- Each voter's newest answer to a question, from all phone banks or one, with what it is weighted by; choice 0: would not say
select distinct on (a.bucket, a.voter_id) a.voter_id,
  case when a.declined then 0 else coalesce(a.choice, -1) end, a.at,
  coalesce(extract(year from age(a.at, v.birth_date)),
           extract(year from a.at) - v.birth_year)::int,
  coalesce(v.party, ''), coalesce(v.gender, ''), v.county, v.state
from answer a
join voter v on v.bucket = a.bucket and v.voter_id = a.voter_id
where a.question_id = $1 and ($2::bigint is null or a.phonebank_id = $2)
order by a.bucket, a.voter_id, a.at desc, a.answer_id desc
