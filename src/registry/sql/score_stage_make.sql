-- Scores that come again in one file; gone with the connection.
create temporary table score_stage (
  bucket smallint, voter_id bigint, home_id bigint, import_id bigint, support smallint,
  turnout smallint, persuadability smallint, other jsonb, line bigint
)
