-- The persons whom the ids of a source, or our own, name.
insert into id_found (external_id, bucket, voter_id, home_id)
select distinct s.external_id, coalesce(l.bucket, r.bucket), coalesce(l.voter_id, r.voter_id),
       r.voter_id
from id_stage s
join source_record r on r.source = $1 and r.external_id = s.external_id
left join link l on l.home_id = r.voter_id
where s.voter_id is null
union all
select s.external_id, v.bucket, v.voter_id, s.voter_id
from id_stage s
left join link l on l.home_id = s.voter_id
join voter v on v.bucket = coalesce(l.bucket, s.bucket)
  and v.voter_id = coalesce(l.voter_id, s.voter_id)
where s.voter_id is not null
