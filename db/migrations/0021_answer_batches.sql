-- Answers that programs hand in under a key of theirs; the chances of clusters; costs by arm.

-- forms
create table answer_batch (                    -- what a program handed in; its words are not kept
  batch_key uuid primary key,                  -- made by the program: the same key, the same batch
  digest bytea not null,                       -- SHA-256 of what was handed in
  recorded jsonb not null,                     -- the first answer
  recorded_by text not null,
  at timestamptz not null
);

-- lists: with which chance the cluster was drawn that a sample's member is of
alter table list_member add column cluster_probability double precision; -- null: not kept

-- experiments
create table experiment_arm_cost (             -- what contacting one arm costs
  experiment_id bigint not null references experiment,
  arm smallint not null,
  cost_cents bigint,                           -- null: the booked money of the ledger's channel
  cost_channel text,
  cost_from_week int,
  cost_to_week int,
  primary key (experiment_id, arm)
);
