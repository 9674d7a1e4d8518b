-- The voters that an import brought or changed, in the column order of copy_voters.
select v.voter_id, v.household_id, v.birth_year, v.birth_date, v.phone is not null, v.protected,
  exists (select 1 from suppression s where s.ended_at is null and s.voter_id = v.voter_id)
    or exists (select 1 from suppression s where s.ended_at is null and s.number = v.phone),
  v.state, v.county, v.precinct, v.municipality, v.city, v.zip5, v.congressional_district,
  v.state_senate_district, v.state_house_district, v.party, v.gender, v.race, v.ethnicity,
  v.status, (v.phone / 10000000)::int,
  coalesce((select bool_and(s.reason = 'already_voted') from suppression s
            where s.ended_at is null and s.voter_id = v.voter_id), true)
    and coalesce((select bool_and(s.reason = 'already_voted') from suppression s
                  where s.ended_at is null and s.number = v.phone), true)
    and (exists (select 1 from suppression s where s.ended_at is null and s.voter_id = v.voter_id)
         or exists (select 1 from suppression s where s.ended_at is null and s.number = v.phone))
from (
  select r.bucket, r.voter_id from source_record r where r.import_id = $1
  union
  select l.bucket, l.voter_id
  from source_record r join link l on l.home_id = r.voter_id where r.import_id = $1
) r
join voter v on v.bucket = r.bucket and v.voter_id = r.voter_id
