-- Votes as the file has them, repeats and all; gone with the connection.
create temporary table vote_stage (
  bucket smallint, voter_id bigint, home_id bigint, election int, method text, party text,
  county text, line bigint
)
