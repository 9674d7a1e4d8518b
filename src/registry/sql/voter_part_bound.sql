-- Proves the range now, in the load's own time: attaching then need not look at the rows.
alter table voter_i{import} add constraint voter_i{import}_range
  check (voter_id >= {first} and voter_id < {past})
