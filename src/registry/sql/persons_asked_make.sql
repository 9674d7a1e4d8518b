-- Voters of whom it is asked whether they exist and whose they are; empty again after each transaction.
create temporary table if not exists person_asked (
  bucket smallint not null, voter_id bigint not null
) on commit delete rows
