-- The caller whose session on the phone bank has not ended at the moment $4, under the name just given.
update person p
set name = $3
where p.person_id = (
    select s.person_id from session s
    where s.token_hash = $1 and s.phonebank_id = $2 and s.expires_at > $4)
  and p.role = 'caller' and p.disabled_at is null
returning p.person_id
