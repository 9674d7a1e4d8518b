-- The tries to reach a voter, newest first
select c.attempt_id, c.ended_at, b.name, c.disposition, p.name, c.note, c.late, coalesce(d.title, '')
from contact_attempt c
join phonebank b on b.phonebank_id = c.phonebank_id
left join person p on p.person_id = c.caller_id
left join disposition d on d.key = c.own_disposition
where c.bucket = $1 and c.voter_id = $2
order by c.ended_at desc, c.attempt_id desc
limit $3
