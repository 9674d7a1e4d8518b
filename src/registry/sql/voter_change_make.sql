-- Rows of known identities that differ from their last record; gone with the connection.
create temporary table voter_change (
  home_id bigint not null, previous_import bigint not null, is_back boolean not null, like voter
)
