-- Scores as the file has them; gone with the connection.
create temporary table score_stage (
  bucket smallint, voter_id bigint, home_id bigint, support smallint, turnout smallint,
  persuadability smallint, other jsonb, line bigint
)
