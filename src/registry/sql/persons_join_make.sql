-- Persons who become one with another; empty again after each transaction.
create temporary table if not exists person_join (
  from_bucket smallint not null, from_id bigint not null, to_bucket smallint not null,
  to_id bigint not null, decided_by text not null, probability real, bits jsonb
) on commit delete rows
