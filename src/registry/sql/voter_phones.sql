-- The numbers of a voter, best first, with what bars a call to each.
select p.number, p.status,
       (select s.reason from suppression s
        where s.ended_at is null and (s.number = p.number or s.voter_id = p.voter_id)
        order by s.at desc limit 1)
from phone p
join voter v on v.bucket = p.bucket and v.voter_id = p.voter_id
where p.bucket = $1 and p.voter_id = $2
order by p.status in ('wrong', 'disconnected'), p.number = v.phone desc, p.import_id desc, p.number
