-- Consent with its whole history, and bars on contact by the million.

-- registry
create table consent_event (                   -- every word on consent; consent holds what counts now
  bucket smallint not null,
  event_id bigint not null,
  voter_id bigint not null,
  home_id bigint not null,                     -- the identity that it was said of
  purpose text not null,
  channel text not null,
  state text not null check (state in ('given', 'withdrawn')),
  source text not null,
  evidence text,
  actor text not null,
  at timestamptz not null,                     -- when it was said
  recorded_at timestamptz not null,
  primary key (bucket, event_id)
);
create sequence consent_event_id_seq;
create index consent_event_voter on consent_event (bucket, voter_id, at);

alter table suppression drop constraint suppression_reason_check;
alter table suppression add constraint suppression_reason_check check (reason in (
  'do_not_call', 'wrong_number', 'disconnected', 'deceased', 'moved', 'already_voted'));
-- The same bar is in force once, however many say it at one moment.
create unique index suppression_in_force
  on suppression (coalesce(number, 0), coalesce(voter_id, 0), reason) where ended_at is null;
drop index suppression_number;
create index suppression_number on suppression (number, reason) where ended_at is null;

-- phonebank
create index queue_line_barred_lease on queue_line (lease_id) where state = 'held' and reason is not null;
