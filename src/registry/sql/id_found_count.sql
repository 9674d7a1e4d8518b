-- How many persons the ids name.
select count(distinct voter_id) from id_found
