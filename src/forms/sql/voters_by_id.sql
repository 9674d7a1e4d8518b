-- Voters by this program's ids, also by those of identities that were joined to others since
select i.id, v.voter_id from unnest($1::bigint[]) as i(id)
left join link l on l.home_id = i.id
join voter v on v.voter_id = coalesce(l.voter_id, i.id)
