-- Marks the identities that are absent; whoever was absent before stays so since then.
insert into absence (bucket, home_id, voter_id, source, import_id)
select bucket, home_id, voter_id, $1, import_id from absent_found
on conflict (bucket, home_id) do nothing
