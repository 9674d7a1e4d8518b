-- The homes of the records that an import brought.
copy (select voter_id from source_record where import_id = {import}) to stdout
