-- All contact attempts; times as microseconds since 1970.
copy (
  select voter_id, attempt_id, disposition, (extract(epoch from ended_at) * 1000000)::bigint,
    phonebank_id
  from contact_attempt
) to stdout
