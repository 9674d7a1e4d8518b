-- The tables of the first loop: registry, segments, lists, phone bank, surveys, archive.
--
-- One module writes each table (named above each group). Tables that grow with the electorate carry
-- `bucket` (model/ids.h) in every key. voter and phone are partitioned by ranges of voter_id: a bulk
-- import fills a table of its own, builds its indexes, and attaches it as a partition when it
-- publishes; single voters go into the partition "single" (ids below 2^32).

create extension if not exists btree_gist with schema public;

-- feed
create sequence change_position;
create table change (
  position bigint primary key,
  at timestamptz not null default clock_timestamp(),
  kind text not null,
  subject text not null,
  actor text not null,
  payload jsonb not null
);
create index change_subject on change (subject, position);

-- access
create table person (
  person_id bigint generated always as identity primary key,
  name text not null,
  email text,                                  -- lower case; null for callers who came by a link
  role text not null check (role in ('administrator', 'data_director', 'phonebank_lead', 'caller')),
  password_hash text,                          -- Argon2id; null: cannot sign in with a password
  created_at timestamptz not null,
  disabled_at timestamptz,
  sign_in_failures int not null default 0,
  locked_until timestamptz
);
create unique index person_email on person (email);
create table session (
  token_hash bytea primary key,                -- SHA-256 of the cookie
  person_id bigint not null references person,
  csrf_token text not null,
  phonebank_id bigint,                         -- callers: the phone bank they joined
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_person on session (person_id);
create table sign_in_link (                    -- one use: the first administrator, a lost password
  token_hash bytea primary key,
  person_id bigint references person,          -- null: makes the first administrator
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create table join_link (
  join_link_id bigint generated always as identity primary key,
  code text not null unique,
  phonebank_id bigint not null,
  made_by text not null,                       -- actor
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  uses int not null default 0,
  uses_max int not null
);
create index join_link_phonebank on join_link (phonebank_id);

-- ingest
create table import_run (
  import_id bigint generated always as identity primary key,
  layout text not null,
  layout_version int not null,
  kind text not null check (kind in ('voters', 'history', 'scores')),
  source text not null,                        -- whose ids the file uses, e.g. 'nc'
  file_name text not null,
  file_bytes bigint not null,
  file_sha256 bytea,
  state text not null check (state in ('running', 'published', 'failed', 'cancelled')),
  rows_read bigint not null default 0,
  rows_new bigint not null default 0,
  rows_changed bigint not null default 0,
  rows_same bigint not null default 0,
  rows_rejected bigint not null default 0,
  warnings jsonb not null default '[]',        -- unknown columns, orphans, counts of quirks
  started_by text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  error text
);
-- A file is published once; but what left orphans may come again, after the voters they belong to.
create unique index import_run_file on import_run (file_sha256, layout)
  where state = 'published' and not warnings @> '[{"kind": "orphans"}]';
create table import_reject (
  import_id bigint not null references import_run,
  line bigint not null,
  byte_offset bigint not null,
  column_name text,
  reason text not null,
  raw text not null,                           -- the line as received, as UTF-8
  primary key (import_id, line)
);
create table import_raw (                      -- the file's lines as received, for provenance
  import_id bigint not null references import_run,
  chunk int not null,
  first_row bigint not null,                   -- number of its first line in the file, from 1
  rows int not null,
  data bytea not null,                         -- zstd of the lines
  primary key (import_id, chunk)
);
alter table import_raw alter column data set storage external;

-- registry
create table source_record (                   -- one row of a file that was new or changed
  import_id bigint not null,
  bucket smallint not null,
  record_id bigint not null,
  source text not null,
  external_id text not null,
  line bigint not null,
  voter_id bigint not null,
  fingerprint bigint not null,                 -- of the normalised row: "is it the same as before?"
  primary key (import_id, bucket, voter_id, record_id)
) partition by list (import_id);
create table link (                            -- a later decision than the one in source_record
  bucket smallint not null,
  link_id bigint not null,
  record_id bigint not null,
  voter_id bigint not null,
  decided_by text not null,
  probability real,
  at timestamptz not null,
  primary key (bucket, link_id)
);
create sequence voter_id_single maxvalue 4294967295;
create sequence voter_id_block start 4294967296;
create sequence record_id_block;
create table voter (
  bucket smallint not null,
  voter_id bigint not null,
  import_id bigint not null,                   -- that changed it last
  source text not null,
  external_id text not null,
  status text not null,                        -- active, inactive, denied, removed, temporary, prospect
  status_reason text,
  protected boolean not null,                  -- confidential by law: never shown, never contacted
  last_name text not null,
  first_name text not null,
  middle_name text,
  suffix text,
  gender text,                                 -- M F U
  race text,
  ethnicity text,
  party text,
  birth_year smallint,
  birth_date date,
  birth_place text,
  registered_on date,
  state text not null,
  county text not null,
  street text,
  city text,
  zip5 text,
  zip4 text,
  mail_address text,
  household_id bigint,                         -- same normalised address, same id
  phone bigint,                                -- best number, E.164 without the plus
  precinct text,
  municipality text,
  ward text,
  congressional_district text,
  state_senate_district text,
  state_house_district text,
  school_district text,
  county_commission_district text,
  districts jsonb,                             -- the other districts: {"fire":"12", …}
  quality int not null default 0,              -- bits: registry/quality.h
  primary key (bucket, voter_id)
) partition by range (voter_id);
create table voter_single partition of voter for values from (1) to (4294967296);
create index voter_household on voter (household_id);
create index voter_external on voter (external_id text_pattern_ops);
create index voter_name on voter (last_name text_pattern_ops, first_name text_pattern_ops);
create table phone (
  bucket smallint not null,
  voter_id bigint not null,
  number bigint not null,
  import_id bigint not null,
  status text not null default 'unknown' check (status in ('unknown', 'reached', 'wrong', 'disconnected')),
  primary key (bucket, voter_id, number)
) partition by range (voter_id);
create table phone_single partition of phone for values from (1) to (4294967296);
create index phone_number on phone (number);
create table voter_score (
  bucket smallint not null,
  voter_id bigint not null,
  import_id bigint not null,
  support smallint check (support between 0 and 100),
  turnout smallint check (turnout between 0 and 100),
  persuadability smallint check (persuadability between 0 and 100),
  primary key (bucket, voter_id)
);
create table election (
  election_id bigint generated always as identity primary key,
  state text not null,
  held_on date not null,
  kind text not null,                          -- general, primary, municipal, runoff, special, other
  name text not null,
  unique (state, held_on, kind)
);
create table vote (                            -- who voted in which election
  bucket smallint not null,
  voter_id bigint not null,
  election_id bigint not null,
  import_id bigint not null,
  method text,                                 -- election_day, early, mail, provisional, other
  party text,
  county text,
  primary key (bucket, voter_id, election_id)
);
create table suppression (                     -- bars on contact; the newest word counts
  suppression_id bigint generated always as identity primary key,
  number bigint,                               -- acts on the number, whoever has it
  voter_id bigint,                             -- acts on the voter
  reason text not null check (reason in ('do_not_call', 'wrong_number', 'disconnected', 'deceased', 'moved')),
  source text not null,
  actor text not null,
  at timestamptz not null,
  ended_at timestamptz,
  check (number is not null or voter_id is not null)
);
create index suppression_number on suppression (number) where ended_at is null;
create index suppression_voter on suppression (voter_id) where ended_at is null;
create table consent (
  bucket smallint not null,
  voter_id bigint not null,
  purpose text not null,
  channel text not null,
  state text not null check (state in ('given', 'withdrawn')),
  source text not null,
  evidence text,
  at timestamptz not null,
  primary key (bucket, voter_id, purpose, channel)
);

-- surveys
create table script (
  script_id bigint generated always as identity primary key,
  name text not null,
  version int not null,
  body jsonb not null,                         -- introduction, closing, the questions in order
  created_by text not null,
  created_at timestamptz not null,
  saved_at timestamptz not null
);
create table script_version (                  -- every version as it was read to voters
  script_id bigint not null references script,
  version int not null,
  body jsonb not null,
  saved_by text not null,
  saved_at timestamptz not null,
  primary key (script_id, version)
);
create table question (                        -- scripts share a question by its key
  question_id bigint generated always as identity primary key,
  key text not null unique,                    -- "support": what rules call it
  kind text not null check (kind in ('choice', 'scale', 'text')),
  text text not null,                          -- the newest wording
  choices jsonb not null                       -- ["Yes", "No", …]; the choice is its place, from 1
);
create table answer (
  bucket smallint not null,
  answer_id bigint not null,
  voter_id bigint not null,
  question_id bigint not null,
  script_version int not null,
  choice smallint,                             -- from 1; null with declined or for free text
  text text,
  declined boolean not null default false,
  attempt_id bigint,
  phonebank_id bigint,
  actor text not null,
  at timestamptz not null,
  primary key (bucket, answer_id)
);
create sequence answer_id_seq;
create index answer_voter on answer (bucket, voter_id, question_id, at);
create index answer_question on answer (question_id, phonebank_id, at);

-- segments
create table segment (
  segment_id bigint generated always as identity primary key,
  name text not null,
  version int not null,
  rule jsonb not null,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  removed_at timestamptz
);
create unique index segment_name on segment (name) where removed_at is null;

-- lists
create table list (
  list_id bigint generated always as identity primary key,
  name text not null,
  segment_id bigint references segment,
  segment_version int,
  rule jsonb not null,                         -- as it was when frozen
  feed_position bigint not null,               -- the list is the rule at this position
  seed bigint not null,
  size bigint not null,
  households bigint not null,
  with_phone bigint not null,
  size_max bigint,                             -- null: everybody
  holdout_percent int not null,
  holdout bigint not null,                     -- how many are in the hold-out
  created_by text not null,
  created_at timestamptz not null
);
create table list_member (
  list_id bigint not null,
  bucket smallint not null,
  voter_id bigint not null,
  ordinal int not null,                        -- random order from the seed
  arm smallint not null,                       -- 0 hold-out: never contacted; 1 treatment
  primary key (list_id, bucket, voter_id)
);
create index list_member_order on list_member (list_id, ordinal);

-- phonebank
create table phonebank (
  phonebank_id bigint generated always as identity primary key,
  name text not null,
  list_id bigint not null references list,
  script_id bigint not null references script,
  state text not null check (state in ('open', 'paused', 'closed')),
  retry_seconds int not null,                  -- least time between two attempts on a line
  lease_seconds int not null,
  attempts_max int not null,
  opens_minute int not null,                   -- calling window, minutes of the voter's local day
  closes_minute int not null,
  created_by text not null,
  created_at timestamptz not null
);
create table zone_set (                        -- time zones that an address and a number imply
  zone_set_id smallint primary key,
  zones text[] not null unique                 -- IANA names, sorted
);
create sequence lease_id_seq;
-- The hot table: what a claim must know of a line. No foreign keys: it is filled set-wise from rows
-- that are never deleted, and checking each line took a fifth of the time.
create table queue_line (
  phonebank_id bigint not null,
  number bigint not null,
  ordinal int not null,
  priority smallint not null default 0,        -- higher first
  -- waiting: until not_before; a claim moves what is due to ready, so that it never has to pass over
  -- lines that wait
  state text not null check (state in ('ready', 'waiting', 'held', 'done', 'barred')),
  zone_set_id smallint not null,
  attempts smallint not null default 0,
  not_before timestamptz not null,             -- retry or promised callback; epoch: never called
  promised boolean not null default false,     -- a callback: before all others
  callback_for bigint,                         -- the caller who promised; null: anyone
  skipped_by bigint,                           -- who handed it back last, and gets others first
  epoch int not null default 0,                -- grows with each lease
  lease_id bigint,
  held_by bigint,                              -- person
  lease_until timestamptz,
  reason text,                                 -- why done or barred, or barred once not held
  primary key (phonebank_id, number)
);
-- Promise 1, held by the database: no line is held twice, in whatever phone bank.
create unique index queue_line_held on queue_line (number) where state = 'held';
-- A caller holds one line, in two tabs too.
create unique index queue_line_holder on queue_line (held_by) where state = 'held';
create index queue_line_ready
  on queue_line (phonebank_id, zone_set_id, promised desc, priority desc, ordinal) where state = 'ready';
create index queue_line_waiting on queue_line (phonebank_id, not_before) where state = 'waiting';
create index queue_line_number on queue_line (number);
create index queue_line_lease on queue_line (lease_until) where state = 'held';
create table call_target (                     -- the voters behind a line
  phonebank_id bigint not null,
  number bigint not null,
  bucket smallint not null,
  voter_id bigint not null,
  state text not null check (state in ('open', 'done', 'barred')),
  reason text,                                 -- why barred
  last_disposition text,
  primary key (phonebank_id, number, voter_id)
);
create index call_target_voter on call_target (voter_id);
create table line_attempt (                    -- written when the number is shown
  lease_id bigint primary key,
  number bigint not null,
  phonebank_id bigint not null,
  caller_id bigint not null,
  epoch int not null,
  script_version int not null,                 -- of the phone bank's script when it was shown
  shown_at timestamptz not null,
  -- empty: handed back without having been dialled
  during tstzrange not null,                   -- from the showing to the earliest next attempt
  -- Promise 1 again: no line is shown too soon after the last time.
  constraint line_attempt_too_soon exclude using gist (number with =, during with &&)
);
create table contact_attempt (
  bucket smallint not null,
  attempt_id bigint not null,
  voter_id bigint not null,
  phonebank_id bigint not null,
  lease_id bigint not null,
  caller_id bigint not null,
  number bigint not null,
  channel text not null,
  disposition text not null,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  note text,
  late boolean not null default false,         -- came after the lease had ended
  primary key (bucket, attempt_id)
);
create sequence attempt_id_seq;
create index contact_attempt_voter on contact_attempt (bucket, voter_id, ended_at);
create index contact_attempt_phonebank on contact_attempt (phonebank_id, ended_at) include (disposition);
create table call_result (                     -- a result is stored once, by the key the page made
  result_key uuid primary key,
  lease_id bigint not null,
  phonebank_id bigint not null,
  caller_id bigint not null,
  spoken boolean not null,                     -- a conversation, not only a call
  response jsonb not null,                     -- the first answer, given again to a repeat
  at timestamptz not null
);
create index call_result_phonebank on call_result (phonebank_id, at) include (caller_id, spoken);
create index call_result_caller on call_result (caller_id, phonebank_id) include (spoken);
create table caller_shift (
  person_id bigint not null,
  phonebank_id bigint not null references phonebank,
  joined_at timestamptz not null,
  last_seen_at timestamptz not null,
  left_at timestamptz,                         -- said goodbye; null again once they come back
  primary key (phonebank_id, person_id)
);

-- archive
create table archive_run (
  archive_id bigint generated always as identity primary key,
  folder text not null,
  tables int not null,
  rows bigint not null,
  bytes bigint not null,
  manifest_sha256 bytea not null,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  verified_at timestamptz
);
