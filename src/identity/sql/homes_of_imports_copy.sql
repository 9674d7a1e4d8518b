-- The identities of which these imports brought a row that was new or changed; {imports} are numbers.
copy (
  select distinct voter_id from source_record where import_id in ({imports})
) to stdout
