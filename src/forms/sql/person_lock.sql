-- The links of one person's identities are sent one after the other
select 1 from voter where bucket = $1 and voter_id = $2 for no key update
