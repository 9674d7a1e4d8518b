-- What came of a call, for each voter it was about
insert into contact_attempt (bucket, attempt_id, voter_id, home_id, phonebank_id, lease_id,
                             caller_id, number, channel, disposition, started_at, ended_at, note,
                             late)
select a.bucket, nextval('attempt_id_seq'), a.voter_id, a.home_id, $5, $6, $7, $8, 'phone',
       a.disposition, $9, $10, a.note, $11
from unnest($1::smallint[], $2::bigint[], $3::text[], $4::text[], $12::bigint[])
  as a(bucket, voter_id, disposition, note, home_id)
returning coalesce(home_id, voter_id), attempt_id
