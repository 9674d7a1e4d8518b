-- Ids of a file; of our own ids the voter too.
create temporary table if not exists id_stage (
  external_id text not null, bucket smallint, voter_id bigint
) on commit delete rows
