-- Voters by the ids of their own files: who has several identities is one
select distinct i.id, v.voter_id from unnest($1::text[]) as i(id)
join voter v on v.external_id = i.id
where i.id <> ''
