-- Voters are called on their next number when one turns out not to be theirs; calls that were refused
-- at the moment of dialling are counted; leads say who comes first.

-- phonebank
alter table phonebank add column next_at_once boolean not null default false; -- else it waits as after any try
alter table phonebank add column priorities jsonb not null default '[]'; -- who comes first: phonebank/line_order.h
alter table phonebank add column priorities_at timestamptz; -- when the lines last took their weights from it
create table dial_refusal (                    -- a caller wanted to call a number shown, and must not
  lease_id bigint not null,
  reason text not null,                        -- as queue_line has it, or outside_calling_hours, complete, paused, closed, lease_over
  phonebank_id bigint not null,
  at timestamptz not null,
  primary key (lease_id, reason)
);
-- A caller's page may be connected to another process than that which makes the call.
alter table dial_order add column serve_id bigint;      -- who makes the call; null: the caller's own phone
alter table dial_order add column state text;           -- asked, ringing, answered, ended
alter table dial_order add column state_at timestamptz; -- since when
alter table dial_order add column moved_at timestamptz; -- when that was written, by the database's clock
alter table dial_order add column hang_up boolean not null default false; -- the caller's wish, by another process
create index dial_order_moved on dial_order (moved_at) where serve_id is not null;
create table dialling_serve (                  -- processes that make calls
  serve_id bigint primary key,
  seen_at timestamptz not null
);
create index dial_refusal_phonebank on dial_refusal (phonebank_id, reason);
