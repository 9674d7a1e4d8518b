-- A number that was shown must not be called at the moment of dialling: counted once for each lease and reason, however often it is tapped
insert into dial_refusal (lease_id, reason, phonebank_id, at)
values ($1, $2, $3, coalesce($4::timestamptz, clock_timestamp()))
on conflict (lease_id, reason) do nothing
