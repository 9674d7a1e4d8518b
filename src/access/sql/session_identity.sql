-- Who is behind a session at the moment $2; nobody if it has ended or the person is disabled.
select s.person_id, p.name, coalesce(p.email, ''), p.role, s.phonebank_id, s.csrf_token, s.expires_at,
       s.last_seen_at
from session s
join person p using (person_id)
where s.token_hash = $1 and s.expires_at > $2 and p.disabled_at is null
