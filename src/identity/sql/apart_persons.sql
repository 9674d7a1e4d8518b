-- Whom people have said to be different, as the persons that they are now.
select coalesce(a.voter_id, d.home_a), coalesce(b.voter_id, d.home_b)
from link_decision d
left join link a on a.home_id = d.home_a
left join link b on b.home_id = d.home_b
where d.kind = 'different' and d.ended_at is null
