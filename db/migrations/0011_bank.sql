-- Calling rules of a country, chosen by the campaign and kept by each phone bank.

-- phonebank
create table calling_choice (                  -- whose rules new phone banks start with
  one smallint primary key check (one = 1),
  country text not null,                       -- code of calling_rules/
  state_hours boolean not null,                -- also the narrower hours of its states
  chosen_by text not null,
  chosen_at timestamptz not null
);
alter table phonebank add column country text;   -- null: its own window only
alter table phonebank add column state_hours boolean not null default true;
alter table phonebank add column consent text not null default 'none'
  check (consent in ('none', 'mobile', 'all'));  -- whose consent is needed to show a number
alter table phonebank add column mobile_pattern text not null default '';
alter table zone_set add column rules text[] not null default '{}';  -- keys of calling rules, sorted
alter table zone_set drop constraint zone_set_zones_key;
alter table zone_set add constraint zone_set_key unique (zones, rules);

-- phonebank: the campaign's own dispositions, and results that were changed after they were saved.
create table disposition (                     -- what differs from model/disposition.h
  key text primary key,
  title text,                                  -- null: a built-in one
  base text not null,                          -- the built-in disposition whose effects it has
  van_code int,                                -- result code in VAN
  offered boolean not null,                    -- on the caller's page
  saved_by text not null,
  saved_at timestamptz not null
);
alter table contact_attempt add column own_disposition text;  -- key; disposition has its base
create table result_change (
  change_key uuid primary key,                 -- made by the caller's page: the same key, the same change
  result_key uuid not null,
  caller_id bigint not null,
  before jsonb not null,                       -- [{"attempt":…,"disposition":…}]
  taken_back boolean not null,
  at timestamptz not null
);
create index result_change_result on result_change (result_key);

-- phonebank: times between passes by disposition, and whether a pass is finished before the next.
alter table phonebank add column busy_seconds int not null default 1200;
alter table phonebank add column message_seconds int not null default 72000;
alter table phonebank add column whole_passes boolean not null default false;

-- phonebank: rooms, words to callers, the board of callers who want to be seen.
alter table phonebank add column room_state text;      -- whose room it is; null: anybody's
alter table phonebank add column room_language text;
alter table phonebank add column room_team text;
alter table phonebank add column takes_guests boolean not null default false;
create table caller_message (
  message_id bigint generated always as identity primary key,
  phonebank_id bigint not null,
  person_id bigint,                            -- null: every caller there
  text text not null,
  sent_by text not null,
  at timestamptz not null,
  ends_at timestamptz not null
);
create index caller_message_phonebank on caller_message (phonebank_id, message_id);
alter table caller_shift add column on_board boolean not null default false;
