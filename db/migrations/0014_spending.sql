-- Where money can go, what it does there, the ledger with its limits, and plans.
--
-- All amounts are whole cents of one currency. A week is a number from 1; it begins so many weeks after
-- first_day. Nothing here grows with the electorate.

-- spending: what plans are made of
create table spending_setting (
  one smallint primary key check (one = 1),
  currency text not null default 'USD',
  budget_cents bigint not null default 0 check (budget_cents >= 0),
  booked_cents bigint not null default 0,
  constraint spending_budget_kept check (booked_cents <= budget_cents),
  first_day date,                              -- of week 1; null: nothing is planned yet
  weeks int not null default 1 check (weeks between 1 and 60),
  objective text not null default 'win_probability',
  needed int not null default 0,               -- weight that wins; 0: more than half
  error_national double precision not null default 0.012,
  error_regional double precision not null default 0.010,
  error_contest double precision not null default 0.014,
  scales double precision[] not null default '{}',   -- fat tails: errors so many times as large …
  chances double precision[] not null default '{}',  -- … with these chances
  poll_days int not null default 30,
  poll_half_life double precision not null default 7,
  explore_share double precision not null default 0 check (explore_share between 0 and 0.5),
  explore_seed bigint not null default 1,
  opponent text,                               -- the scenario of the opponent that counts; null: none
  -- raised by whatever makes older plans wrong; a plan remembers it
  inputs bigint not null default 1,
  committee jsonb not null default '{}',       -- who files: for the exports
  changed_by text not null default 'system',
  changed_at timestamptz not null default clock_timestamp()
);
create table contest (
  contest_id bigint generated always as identity primary key,
  name text not null unique,
  region text not null default '',
  weight int not null check (weight > 0),
  previous double precision,                   -- our two-party share last time
  votes bigint not null default 0 check (votes >= 0),
  error double precision                       -- of this contest alone; null: the setting's
);
create table market (
  market_id bigint generated always as identity primary key,
  name text not null unique,
  title text not null,
  people bigint not null check (people > 0)
);
create table market_reach (                    -- what part of a contest's voters lives in a market
  market_id bigint not null references market,
  contest_id bigint not null references contest,
  share double precision not null check (share > 0 and share <= 1),
  primary key (market_id, contest_id)
);
create table market_county (                   -- for the map
  fips text primary key,
  market_id bigint not null references market
);
create table channel (
  channel_id bigint generated always as identity primary key,
  name text not null unique,
  title text not null,
  kind text not null check (kind in ('media', 'contact')),
  minimum_cents bigint not null default 0 check (minimum_cents >= 0)  -- a buy is nothing or this much
);
create table rate (                            -- price lists; the newest from_week that has come counts
  channel_id bigint not null references channel,
  market_id bigint references market,          -- null: every market without a rate of its own
  from_week int not null default 1,
  price_cents bigint not null check (price_cents > 0),  -- of a thousand contacts
  target_share double precision not null default 1     -- part of those reached who are meant
    check (target_share > 0 and target_share <= 1),
  unique nulls not distinct (channel_id, market_id, from_week)
);
create table response (                        -- what money does
  channel_id bigint primary key references channel,
  curve text not null,
  effect double precision not null check (effect >= 0),     -- two-party share moved, parts of one
  effect_error double precision not null check (effect_error >= 0),
  contacts double precision not null check (contacts > 0),  -- a person and week, for 63 % of it
  shape double precision not null check (shape > 0),
  decay double precision not null check (decay between 0 and 1),  -- what a week leaves of it
  source text not null
);
create table response_measure (                -- effects that the campaign measured itself
  measure_id bigint generated always as identity primary key,
  channel_id bigint not null references channel,
  effect double precision not null,
  effect_error double precision not null check (effect_error > 0),
  source text not null,
  unique (channel_id, source)
);
create table poll (
  poll_id bigint generated always as identity primary key,
  contest_id bigint not null references contest,
  pollster text not null,
  end_day date not null,
  people int not null check (people > 0),
  ours double precision not null,              -- shares as they were published
  theirs double precision not null,
  imported_by text not null,
  imported_at timestamptz not null,
  unique (contest_id, pollster, end_day, people, ours, theirs)
);
create index poll_end_day on poll (end_day);
create table opponent_spend (                  -- what the other side is thought to spend
  scenario text not null,
  market_id bigint not null references market,
  channel_id bigint not null references channel,
  week int not null,
  cents bigint not null check (cents >= 0),
  primary key (scenario, market_id, channel_id, week)
);
create table poll_error (                      -- errors of the polls that a robust plan must stand
  scenario text not null,
  contest_id bigint references contest,        -- null: all that have no row of their own
  error double precision not null check (abs(error) <= 0.5),
  unique nulls not distinct (scenario, contest_id)
);

-- spending: limits and the ledger
create table spend_limit (
  limit_id bigint generated always as identity primary key,
  name text not null unique,
  kind text not null check (kind in ('legal', 'own')),
  market_id bigint references market,          -- null: all of them; so for the others
  channel_id bigint references channel,
  from_week int,
  to_week int,
  floor_cents bigint not null default 0 check (floor_cents >= 0),
  cap_cents bigint check (cap_cents >= 0),     -- null: a floor only
  -- what is booked under it, changed with each booking: the check is what refuses
  booked_cents bigint not null default 0,
  constraint spend_limit_kept check (booked_cents <= cap_cents)
);
create table vendor (
  vendor_id bigint generated always as identity primary key,
  name text not null unique,
  street text not null default '',
  city text not null default '',
  state text not null default '',
  zip text not null default ''
);
create table commitment (                      -- money promised for a market, channel and week
  commitment_id bigint generated always as identity primary key,
  market_id bigint not null references market,
  channel_id bigint not null references channel,
  week int not null check (week > 0),
  vendor_id bigint references vendor,
  order_number text not null default '',       -- by which invoices and payments find it
  purpose text not null default '',
  plan_id bigint,                              -- the plan whose line it was
  committed_cents bigint not null check (committed_cents >= 0),
  invoiced_cents bigint not null default 0 check (invoiced_cents >= 0),
  paid_cents bigint not null default 0 check (paid_cents >= 0),
  -- what counts under limits: the largest of the three
  booked_cents bigint generated always as
    (greatest(committed_cents, invoiced_cents, paid_cents)) stored,
  made_by text not null,
  made_at timestamptz not null
);
create index commitment_cell on commitment (market_id, channel_id, week);
create unique index commitment_order on commitment (order_number) where order_number <> '';
create table ledger_entry (                    -- every change of a commitment; never changed itself
  entry_id bigint generated always as identity primary key,
  commitment_id bigint not null references commitment,
  kind text not null check (kind in ('commitment', 'invoice', 'payment', 'release')),
  cents bigint not null check (cents <> 0),    -- a release is negative, as is a refund
  day date not null,
  reference text not null default '',          -- the invoice's number, the cheque's
  entry_key uuid not null unique,              -- made by the page: the same key, the same entry
  actor text not null,
  at timestamptz not null
);
create index ledger_entry_commitment on ledger_entry (commitment_id);

-- spending: plans
create table plan (
  plan_id bigint generated always as identity primary key,
  inputs bigint not null,                      -- spending_setting.inputs when it was made
  position bigint not null,                    -- of the feed when it was made
  made_at timestamptz not null,
  budget_cents bigint not null,
  booked_cents bigint not null,
  planned_cents bigint not null,               -- beyond what is booked
  document jsonb not null                      -- certificate, contests, markets, reasons, changes
);
create unique index plan_inputs on plan (inputs);
create table plan_line (
  plan_id bigint not null references plan,
  line int not null,
  market_id bigint not null references market,
  channel_id bigint not null references channel,
  week int not null,
  cents bigint not null check (cents > 0),     -- to be spent beyond what is booked
  marginal double precision not null,          -- of the objective, by a unit of money more
  state text not null default 'proposed' check (state in ('proposed', 'approved', 'rejected')),
  decided_by text,
  decided_at timestamptz,
  commitment_id bigint references commitment,
  primary key (plan_id, line)
);
create table planning (                        -- how far the planner has come
  one smallint primary key check (one = 1),
  inputs bigint not null default 0,            -- of the last try
  day date,                                    -- polls grow older: a new day is a new input
  problem text,                                -- why there is no plan for these inputs
  tried_at timestamptz
);
