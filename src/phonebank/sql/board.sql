-- Callers who want to be seen, and who asks, by their conversations of late
select p.name, count(r.result_key) filter (where r.spoken) as talks, s.person_id = $2
from caller_shift s
join person p on p.person_id = s.person_id
left join call_result r on r.caller_id = s.person_id and r.phonebank_id = s.phonebank_id
  and r.at >= coalesce($3::timestamptz, clock_timestamp()) - make_interval(hours => $4::int)
where s.phonebank_id = $1 and (s.on_board or s.person_id = $2)
group by s.person_id, p.name
order by talks desc, p.name
limit $5
