-- Samples whose chances are kept, web forms by personal link, answers from files, further kinds of
-- questions.

-- lists: in a sample, the chance with which each member was drawn
alter table list_member add column probability double precision; -- null: the list is no sample
alter table list_member add column stratum int;
alter table list_member add column cluster int;
alter table list add column frame bigint;      -- of how many voters a sample was drawn

-- experiments: which money of the ledger contacting costs
alter table experiment add column cost_channel text;   -- null: cost_cents, as it was typed
alter table experiment add column cost_from_week int;
alter table experiment add column cost_to_week int;

-- surveys
alter table question drop constraint question_kind_check;
alter table question add constraint question_kind_check
  check (kind in ('choice', 'multiple', 'scale', 'number', 'text'));
alter table answer add column channel text;    -- web, import; null: on a call

-- forms
create table form (                            -- a script that voters fill in themselves
  form_id bigint generated always as identity primary key,
  name text not null,
  list_id bigint not null references list,     -- who is asked
  script_id bigint not null references script,
  script_version int not null,                 -- as it was when the form was made
  expires_at timestamptz not null,
  closed_at timestamptz,
  created_by text not null,
  created_at timestamptz not null
);
create table form_link (                       -- one personal link of each voter
  form_id bigint not null,
  bucket smallint not null,
  voter_id bigint not null,                    -- as on the list
  token_hash bytea not null,                   -- SHA-256 of what the link carries
  draft jsonb not null default '[]',           -- answers until it is done, then nothing
  opened_at timestamptz,
  saved_at timestamptz,
  done_at timestamptz,
  primary key (form_id, bucket, voter_id)
);
create unique index form_link_token on form_link (bucket, token_hash);
create table answer_import (                   -- a file of answers; its words are not kept
  answer_import_id bigint generated always as identity primary key,
  digest bytea not null unique,                -- SHA-256 of the file and of how it was read
  report jsonb not null,
  imported_by text not null,
  at timestamptz not null
);
