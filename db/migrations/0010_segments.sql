-- Segments that name each other, with every version kept; lists with several arms.

-- segments
create table segment_version (                 -- every version as it was
  segment_id bigint not null references segment,
  version int not null,
  name text not null,
  rule jsonb not null,
  saved_by text not null,
  saved_at timestamptz not null,
  primary key (segment_id, version)
);
insert into segment_version (segment_id, version, name, rule, saved_by, saved_at)
select segment_id, version, name, rule, created_by, updated_at from segment;

-- lists
alter table list
  -- the names of the arms by their number; the first is the hold-out, whom nobody contacts
  add column arms jsonb not null default '["holdout", "treatment"]',
  add column draw jsonb not null default '{}', -- how it was drawn: shares, strata, order, households
  -- the versions of all segments that the rule was made of: {"12": 3}
  add column segment_versions jsonb not null default '{}',
  add column arm_sizes bigint[] not null default '{}'; -- voters by arm
update list set
  segment_versions = case when segment_id is null then '{}'
                     else jsonb_build_object(segment_id::text, segment_version) end,
  draw = jsonb_build_object('holdout_percent', holdout_percent),
  arm_sizes = array[holdout, size - holdout];
