-- What plans are made of beside sheets: answers, segments and experiments as they are now; how long money is
-- remembered; and when each input changed last.

-- spending: carry-over
alter table response add column half_life double precision not null default 0  -- weeks in which half is forgotten; 0: at once
  check (half_life >= 0);

-- spending: live inputs
create table live_input (                      -- what is read from the campaign's own work, again and again
  live_input_id bigint generated always as identity primary key,
  name text not null unique,
  kind text not null check (kind in ('answers', 'segment', 'experiment')),
  contest_id bigint references contest,        -- whose state it tells; null for an experiment
  channel_id bigint references channel,        -- whose effect an experiment measures
  constraint live_input_of check ((kind = 'experiment') = (channel_id is not null)
                              and (kind = 'experiment') = (contest_id is null)),
  question text not null default '',           -- answers: its key, and the choices of the two sides
  ours int[] not null default '{}',
  theirs int[] not null default '{}',
  segment_id bigint,                           -- whose scores, or whose answers alone
  experiment_id bigint,
  arm text not null default '',                -- empty: the first that is not the control
  people int not null default 500 check (people > 0),  -- segment: as a poll of so many
  factor double precision not null default 1,  -- experiment: the channel's whole effect is so many times the measured
  -- as it was read last: a share, or an effect in parts of one; null: it could not be read
  value double precision,
  error double precision,
  counts double precision,                     -- as a poll of so many people
  votes bigint,                                -- segment: expected
  problem text,                                -- why it could not be read
  read_at timestamptz
);
create table input_change (                    -- of each kind of input, the last change
  what text primary key,
  rows bigint not null,
  changed_by text not null,
  changed_at timestamptz not null
);
