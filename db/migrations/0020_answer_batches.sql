-- Answers that programs hand in under a key of theirs; the chances of clusters.

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
