-- Identity resolution: who people say is one person, the queue of pairs that nobody has decided on,
-- and the runs that find them.
--
-- Pairs are pairs of identities, by their homes, the lower one first: homes never change, whatever is
-- joined or undone. These tables are small beside the electorate and carry no bucket of their own.

-- identity
create table link_decision (                   -- of people; kept for ever
  decision_id bigint generated always as identity primary key,
  home_a bigint not null,
  home_b bigint not null,
  kind text not null check (kind in ('same', 'different')),
  actor text not null,
  at timestamptz not null,
  moved bigint[] not null default '{}',        -- same: the homes that it brought to another person
  ended_at timestamptz,                        -- a later decision of a person says otherwise
  ended_by text,
  check (home_a < home_b)
);
create unique index link_decision_in_force on link_decision (home_a, home_b) where ended_at is null;
create index link_decision_a on link_decision (home_a);
create index link_decision_b on link_decision (home_b);

create table match_run (
  run_id bigint generated always as identity primary key,
  scope text not null check (scope in ('registry', 'new')),
  state text not null check (state in ('running', 'done', 'failed', 'cancelled')),
  started_by text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  import_past bigint not null default 0,       -- voter files up to this import are resolved
  report jsonb,                                -- identity/run.h
  error text
);
create table match_model (                     -- the newest trained model, for questions and small files
  model_id smallint primary key check (model_id = 1),
  run_id bigint not null,
  model jsonb not null,                        -- linkage/model.h
  trained_at timestamptz not null
);
create table match_candidate (                 -- pairs that a person should look at
  candidate_id bigint generated always as identity primary key,
  home_a bigint not null,
  home_b bigint not null,
  bucket_a smallint not null,                  -- of home_a
  bucket_b smallint not null,
  probability real not null,
  bits jsonb not null,                         -- [{"field":…,"level":…,"bits":…}, …]
  gain real not null,                          -- identity/gain.h
  adds text[] not null,                        -- what a join would add: phone, email, consent, …
  same_source boolean not null,                -- the source itself holds the two apart
  run_id bigint not null,
  state text not null check (state in ('open', 'later', 'same', 'different', 'gone')),
  decision_id bigint,
  decided_by text,
  decided_at timestamptz,
  check (home_a < home_b),
  unique (home_a, home_b)
);
create index match_candidate_waiting on match_candidate (state, gain desc, candidate_id)
  where state in ('open', 'later');
create index match_candidate_b on match_candidate (home_b);

-- Pairs that wait and about which there is still something to decide, with whom they belong to now:
-- two persons, neither protected, both identities with a record.
create view match_candidate_live as
select c.*, va.bucket as voter_bucket_a, va.voter_id as voter_a,
       vb.bucket as voter_bucket_b, vb.voter_id as voter_b
from match_candidate c
left join link la on la.home_id = c.home_a
left join link lb on lb.home_id = c.home_b
join voter va on va.bucket = coalesce(la.bucket, c.bucket_a)
  and va.voter_id = coalesce(la.voter_id, c.home_a)
join voter vb on vb.bucket = coalesce(lb.bucket, c.bucket_b)
  and vb.voter_id = coalesce(lb.voter_id, c.home_b)
where c.state in ('open', 'later')
  and va.voter_id <> vb.voter_id
  and not va.protected and not vb.protected
  and not exists (
    select 1 from identity_kept k
    where (k.bucket = c.bucket_a and k.home_id = c.home_a
           and not exists (select 1 from source_record r
                           where r.bucket = c.bucket_a and r.voter_id = c.home_a))
       or (k.bucket = c.bucket_b and k.home_id = c.home_b
           and not exists (select 1 from source_record r
                           where r.bucket = c.bucket_b and r.voter_id = c.home_b)));
