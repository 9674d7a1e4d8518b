-- Marks the ids of an import as used; imports run one at a time.
select setval('voter_id_block', $1, false), setval('record_id_block', $2, false)
