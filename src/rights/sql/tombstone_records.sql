-- The identities of one import, page by page.
select r.bucket, r.voter_id, r.source, r.external_id, coalesce(l.voter_id, r.voter_id)
from source_record r
left join link l on l.home_id = r.voter_id
where r.import_id = $1 and (r.bucket, r.voter_id) > ($2::smallint, $3::bigint)
order by r.bucket, r.voter_id
limit $4
