-- Experiments over the arms of a list, with hold-outs that are locked against every phone bank.

-- experiments
create table experiment (
  experiment_id bigint generated always as identity primary key,
  name text not null,
  hypothesis text not null,                    -- what it is to find out, in words
  list_id bigint not null references list,
  control_arm smallint not null,               -- 0: the list's hold-out
  is_placebo boolean not null,                 -- the control group is contacted about something else
  unit text not null check (unit in ('voter', 'household', 'cluster')), -- what was drawn as one
  state text not null check (state in ('running', 'measuring', 'ended')),
  planned_units bigint not null,               -- where the always-valid band is narrowest
  cost_cents bigint,                           -- what contacting has cost so far; null: not known
  started_at timestamptz not null,             -- contacts count from here, and hold-outs are locked
  measuring_at timestamptz,                    -- contacts are over, hold-outs may be asked
  ended_at timestamptz,
  created_by text not null
);
create table experiment_outcome (              -- what it is judged by, as registered
  experiment_id bigint not null references experiment,
  outcome_no int not null,
  is_primary boolean not null,
  outcome jsonb not null,
  reason text not null,                        -- why it came after the start; empty: with the start
  registered_by text not null,
  registered_at timestamptz not null,
  withdrawn_at timestamptz,                    -- a primary outcome that another one replaced
  primary key (experiment_id, outcome_no)
);
-- Who was drawn into which arm, and what was known of them, when the experiment began.
create table experiment_member (
  experiment_id bigint not null,
  bucket smallint not null,
  voter_id bigint not null,                    -- as on the list
  ordinal int not null,
  arm smallint not null,
  cluster bigint not null,                     -- what was drawn as one with it
  block bigint not null,                       -- the list's stratum
  age smallint,
  votes smallint not null,                     -- elections voted in
  support smallint,
  turnout smallint,
  prior real,                                  -- the primary outcome's answer from before
  party text not null,
  gender text not null,
  county text not null,
  held boolean not null,                       -- nobody may contact the voter now
  primary key (experiment_id, bucket, voter_id)
);
create index experiment_member_held on experiment_member (bucket, voter_id) where held;

-- phonebank: the number of a locked hold-out has an attempt that lasts as long as the lock, so that
-- line_attempt_too_soon refuses to show it, in whatever phone bank.
alter table line_attempt add column experiment_id bigint; -- null: the number was shown
create index line_attempt_experiment on line_attempt (experiment_id) where experiment_id is not null;
