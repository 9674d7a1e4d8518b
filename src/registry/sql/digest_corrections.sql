-- Corrections that hold, of identities that have records; the household follows from the address.
copy (
  select v.source, v.external_id, c.fields - 'household_id', c.actor
  from correction c join voter v on v.bucket = c.bucket and v.voter_id = c.voter_id
  where c.ended_at is null
    and exists (select 1 from record_value r
                where r.bucket = c.bucket and r.home_id = c.home_id)
) to stdout
