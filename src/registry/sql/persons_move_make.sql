-- Identities that have another person now (registry/persons.h); empty again after each transaction.
create temporary table if not exists person_move (
  home_bucket smallint not null, home_id bigint primary key, from_bucket smallint not null,
  from_id bigint not null, to_bucket smallint not null, to_id bigint not null
) on commit delete rows
