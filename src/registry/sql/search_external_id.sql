-- Voters by the beginning of an id in a voter file: of their own, or of an identity that was joined to them.
select v.voter_id, v.last_name, v.first_name, v.middle_name, v.suffix, v.birth_year, v.party,
       v.county,
       case when not v.protected then v.city end, v.status, v.phone is not null and not v.protected,
       v.protected
from (
  select bucket, voter_id, min(external_id) as external_id
  from (
    (select bucket, voter_id, external_id from voter
     where external_id ~>=~ $1 and external_id ~<~ $2
     order by external_id using ~<~
     limit $3)
    union all
    (select bucket, voter_id, external_id from record_value
     where external_id ~>=~ $1 and external_id ~<~ $2
     order by external_id using ~<~
     limit $3)
  ) i
  group by bucket, voter_id
) f
join voter v on v.bucket = f.bucket and v.voter_id = f.voter_id
order by f.external_id using ~<~, v.voter_id
limit $3
