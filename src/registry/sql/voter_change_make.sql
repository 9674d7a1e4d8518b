-- Rows of known voters that differ from the last import; gone with the connection.
create temporary table voter_change (like voter)
