-- Voters by the ids of their own files, also by that of an identity that was joined to another since: who has several is one
select i.id, v.voter_id from unnest($1::text[]) as i(id)
join voter v on v.external_id = i.id
where i.id <> ''
union
select i.id, v.voter_id from unnest($1::text[]) as i(id)
join record_value r on r.external_id = i.id
join voter v on v.bucket = r.bucket and v.voter_id = r.voter_id
where i.id <> ''
