-- What came of calls, for each voter whom they were about
insert into contact_attempt (bucket, attempt_id, voter_id, home_id, phonebank_id, lease_id,
                             caller_id, number, channel, disposition, started_at, ended_at, note,
                             late, own_disposition)
select a.bucket, nextval('attempt_id_seq'), a.voter_id, a.home_id, a.phonebank_id, a.lease_id,
       a.caller_id, a.number, 'phone', a.disposition, a.started_at, a.ended_at, a.note, a.late,
       a.own
from unnest($1::smallint[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::bigint[],
            $7::bigint[], $8::bigint[], $9::timestamptz[], $10::timestamptz[], $11::boolean[],
            $12::bigint[], $13::text[])
  as a(bucket, voter_id, disposition, note, phonebank_id, lease_id, caller_id, number, started_at,
       ended_at, late, home_id, own)
returning lease_id, coalesce(home_id, voter_id), attempt_id
