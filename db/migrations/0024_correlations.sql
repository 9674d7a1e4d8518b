-- Which contests' errors go together; and how polls become means.

-- spending: correlations
create table contest_correlation (             -- of the contests' own errors; a pair that is not here: 0
  contest_id bigint not null references contest,
  other_id bigint not null references contest,
  correlation double precision not null check (correlation between -1 and 1),
  primary key (contest_id, other_id),
  constraint contest_correlation_once check (contest_id < other_id)
);
alter table spending_setting add column correlation_note text not null default '';  -- what was repaired

-- spending: means
alter table spending_setting add column poll_method text not null default 'half_life'
  check (poll_method in ('half_life', 'tracker'));
