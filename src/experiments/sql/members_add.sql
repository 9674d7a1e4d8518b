-- The members of an experiment, with what is known of each when it begins; $3 the unit, $4 the list's strata, $5 the hold-out to lock (null: none), $6 to $8 the question that is asked, the choices that count as 1, and the moment
insert into experiment_member (experiment_id, bucket, voter_id, ordinal, arm, cluster, block, age,
                               votes, support, turnout, prior, party, gender, county, held)
select $1, m.bucket, m.voter_id, m.ordinal, m.arm,
  case when $3 = 'household' then coalesce(v.household_id, -m.voter_id)
       when $3 = 'cluster' then hashtextextended(
         (select coalesce(f.fields ->> $9, '') from (select to_jsonb(v)) as f(fields)), 0)
       else m.voter_id end,
  case when cardinality($4::text[]) = 0 then 0 else hashtextextended(
    (select string_agg(coalesce(f.fields ->> n.name, ''), '|' order by n.place)
     from (select to_jsonb(v)) as f(fields),
          unnest($4::text[]) with ordinality as n(name, place)), 0) end,
  coalesce(extract(year from age($8::timestamptz, v.birth_date)),
           extract(year from $8::timestamptz) - v.birth_year)::smallint,
  (select count(distinct t.election_id) from vote t
   where t.bucket = v.bucket and t.voter_id = v.voter_id)::smallint,
  s.support, s.turnout,
  (select case when cardinality($7::int[]) = 0 then a.choice::real
               else (a.choice = any($7::int[]))::int::real end
   from answer a
   where a.bucket = v.bucket and a.voter_id = v.voter_id and a.question_id = $6
     and a.at < $8::timestamptz and a.choice is not null
   order by a.at desc, a.answer_id desc limit 1),
  coalesce(v.party, ''), coalesce(v.gender, ''), coalesce(v.county, ''),
  coalesce(m.arm = $5::smallint, false)
from list_member m
left join link l on l.home_id = m.voter_id
join voter v on v.bucket = coalesce(l.bucket, m.bucket)
  and v.voter_id = coalesce(l.voter_id, m.voter_id)
left join voter_score s on s.bucket = v.bucket and s.voter_id = v.voter_id
where m.list_id = $2
