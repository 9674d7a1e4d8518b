-- The registry's second shape: a person is a set of identities, an identity a set of versions, and
-- every import can be undone at any later time.
--
-- source_record.voter_id is an identity's home id: given once, never changed. voter holds the
-- profile of each person; as long as a person has one record, the profile is that record.

alter table voter add column email text;              -- normalised, lower case
alter table voter add column birth_month smallint;    -- where a file has year and month only

-- ingest
alter table import_run drop constraint import_run_state_check;
alter table import_run add constraint import_run_state_check
  check (state in ('running', 'published', 'failed', 'cancelled', 'tried', 'undone'));
alter table import_run add column report jsonb;       -- of a dry run: what it would change
alter table import_run add column blank_keeps text[] not null default '{}'; -- whose blanks clear nothing
alter table import_run add column undone_at timestamptz;
alter table import_run add column undone_by text;

-- registry
drop table link;
create table link (                            -- only where an identity belongs to another's person
  bucket smallint not null,                    -- of voter_id
  home_id bigint not null,
  home_bucket smallint not null,
  voter_id bigint not null,
  decided_by text not null,                    -- person:3, or system
  probability real,
  bits jsonb,                                  -- the evidence: {"last_name": 7.1, …}
  at timestamptz not null,
  primary key (bucket, home_id),
  check (home_id <> voter_id)
);
create index link_home on link (home_id);
create index link_voter on link (voter_id);

-- Every version of every record of a person, once there is more than one; the columns of voter.
create table record_value (
  home_id bigint not null,
  like voter,
  primary key (bucket, home_id, import_id)
);
alter table record_value alter column quality set default 0;
create index record_value_voter on record_value (bucket, voter_id);

create table correction (                      -- by hand; wins over all records until it is ended
  bucket smallint not null,
  correction_id bigint not null,
  voter_id bigint not null,
  home_id bigint not null,                     -- whose profile it was when it was made
  fields jsonb not null,                       -- {"city": "RALEIGH", "email": null}
  actor text not null,
  at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  primary key (bucket, correction_id)
);
create sequence correction_id_seq;
create index correction_voter on correction (bucket, voter_id);

create table survivorship (                    -- where it departs from registry/survivorship.h:
  field_group text primary key,                -- which identity a group of fields is taken from
  policy text not null check (policy in ('official_first', 'newest_first'))
);

create table identity_kept (                   -- ids of identities whose records were undone: when
  bucket smallint not null,                    -- they come again they get the same voter id
  home_id bigint not null,
  source text not null,
  external_id text not null,
  primary key (bucket, home_id)
);

create table import_presence (                 -- whom a published file held
  import_id bigint not null references import_run,
  part text not null,                          -- '' for voters, the election's id for history
  source text not null,
  name text,                                   -- the election's name in this file
  counties text[],                             -- that a voters file covers
  data bytea not null,                         -- registry/home_set.h
  primary key (import_id, part)
);
alter table import_presence alter column data set storage external;

alter table voter add column absent_since_import bigint; -- the file that first lacked the person
create table absence (                         -- identities that the newest file lacks
  bucket smallint not null,                    -- of voter_id
  home_id bigint not null,
  voter_id bigint not null,
  source text not null,
  import_id bigint not null,                   -- since
  primary key (bucket, home_id)
);
create index absence_voter on absence (bucket, voter_id);

-- Votes: a row for each import that said something new; the latest import's row is the vote.
alter table vote add column home_id bigint;
update vote set home_id = voter_id;
alter table vote alter column home_id set not null;
alter table vote drop constraint vote_pkey;
alter table vote add primary key (bucket, voter_id, election_id, home_id, import_id);

-- Scores: every run keeps its rows; voter_score is what is visible, score by score the newest run
-- that has it.
alter table voter_score add column other jsonb;       -- further scores by name: {"climate": 71}
create table score_run (
  bucket smallint not null,
  voter_id bigint not null,
  home_id bigint not null,
  import_id bigint not null,
  support smallint,
  turnout smallint,
  persuadability smallint,
  other jsonb,
  primary key (bucket, voter_id, home_id, import_id)
);
insert into score_run (bucket, voter_id, home_id, import_id, support, turnout, persuadability)
select bucket, voter_id, voter_id, import_id, support, turnout, persuadability from voter_score;
