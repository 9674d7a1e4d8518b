-- What callers were told that is stored: gone with the connection
create temporary table said (
  result_key uuid not null,
  lease_id bigint not null,
  voters int not null,
  answers int not null,
  is_acknowledged boolean not null
)
