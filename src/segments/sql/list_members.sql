-- The members of a list, in its order, a page at a time.
select ordinal, voter_id, arm from list_member
where list_id = $1 and ordinal > $2 order by ordinal limit $3
