-- Each voter's newest answer to a question, from all phone banks or one, of everybody or the members of a list since it was frozen, with what it is weighted by; choice 0: would not say
with asked as materialized (
  select coalesce(l.bucket, m.bucket) as bucket, coalesce(l.voter_id, m.voter_id) as voter_id
  from list_member m left join link l on l.home_id = m.voter_id
  where m.list_id = $3::bigint
)
select distinct on (a.bucket, a.voter_id) a.voter_id,
  case when a.declined then 0 else coalesce(a.choice, -1) end, a.at,
  coalesce(extract(year from age(a.at, v.birth_date)),
           extract(year from a.at) - v.birth_year)::int,
  coalesce(v.party, ''), coalesce(v.gender, ''), v.county, v.state, coalesce(a.text, '')
from answer a
join voter v on v.bucket = a.bucket and v.voter_id = a.voter_id
where a.question_id = $1 and ($2::bigint is null or a.phonebank_id = $2)
  and ($3::bigint is null
       or a.at >= (select l.created_at from list l where l.list_id = $3)
          and exists (select 1 from asked s where s.bucket = a.bucket and s.voter_id = a.voter_id))
order by a.bucket, a.voter_id, a.at desc, a.answer_id desc
