-- Proves the range now: attaching then need not look at the rows.
alter table vote_i{import} add constraint vote_i{import}_range
  check (voter_id >= {first} and voter_id < {past})
