-- Proves the range now: attaching then need not look at the rows.
alter table phone_i{import} add constraint phone_i{import}_range
  check (voter_id >= {first} and voter_id < {past})
