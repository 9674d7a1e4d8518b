-- The program can set calls up: whoever is called is called once for each time the number is shown.

-- phonebank: written before the call is ordered, so that no repeat and no restart rings twice
create table dial_order (
  lease_id bigint primary key,
  caller_id bigint not null,
  driver text not null,                        -- who makes the call: manual, simulator
  ordered_at timestamptz not null,
  ended_at timestamptz,                        -- null: not ended, or nobody knows
  outcome text check (outcome in ('no_answer', 'busy', 'bad_number', 'declined', 'failed',
                                  'cancelled', 'finished'))
);
