-- The members of all lists.
copy (select list_id, voter_id, arm from list_member) to stdout
