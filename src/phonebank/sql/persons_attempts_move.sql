-- Tries to reach the identities that have another person now; home_id is null where it is the person's own
with gone as (
  delete from contact_attempt a using person_move m
  where a.bucket = m.from_bucket and a.voter_id = m.from_id
    and coalesce(a.home_id, a.voter_id) = m.home_id
  returning m.to_bucket, m.to_id, nullif(m.home_id, m.to_id) as home, a.attempt_id, a.phonebank_id,
    a.lease_id, a.caller_id, a.number, a.channel, a.disposition, a.started_at, a.ended_at, a.note,
    a.late, a.own_disposition
)
insert into contact_attempt (bucket, attempt_id, voter_id, home_id, phonebank_id, lease_id,
                             caller_id, number, channel, disposition, started_at, ended_at, note,
                             late, own_disposition)
select to_bucket, attempt_id, to_id, home, phonebank_id, lease_id, caller_id, number, channel,
       disposition, started_at, ended_at, note, late, own_disposition
from gone
