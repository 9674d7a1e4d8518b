-- Some voters by bucket and id as a file of them has them, in the order given; protected ones never
select v.voter_id, v.source, v.external_id, v.last_name, v.first_name, v.middle_name, v.suffix,
  v.street, v.city, v.state, v.zip5, v.county, v.precinct, v.party, v.gender, v.birth_year,
  v.phone, s.support, s.turnout, s.persuadability
from unnest($1::smallint[], $2::bigint[]) with ordinality as r (bucket, voter_id, place)
join voter v on v.bucket = r.bucket and v.voter_id = r.voter_id
left join voter_score s on s.bucket = v.bucket and s.voter_id = v.voter_id
where not v.protected
order by r.place
