-- Rights of a person: who was erased stays away, and is found by e-mail until then.

-- registry
create table erasure_key (                     -- what tombstones are hashed with; made at the first erasure
  key_id smallint primary key,
  key bytea not null unique,                   -- 32 random bytes
  made_at timestamptz not null
);
create table erasure_tombstone (               -- registry/tombstones.h: nothing in it can be read
  hash bytea primary key,
  key_id smallint not null references erasure_key,
  kind text not null check (kind in ('identity', 'person')),
  at timestamptz not null
);
create index voter_email on voter (email) where email is not null;
create index record_value_external on record_value (external_id text_pattern_ops);
-- Ended bars too: all that is known of a person must be found.
drop index suppression_voter;
create index suppression_voter on suppression (voter_id) where voter_id is not null;
-- Whose payload names voters.
create index change_naming_voters on change (position)
  where kind in ('suppression_added', 'suppression_ended');
-- Districts of a protected voter together narrow down the street; new rows come without them.
update voter
set precinct = null, municipality = null, ward = null, congressional_district = null,
    state_senate_district = null, state_house_district = null, school_district = null,
    county_commission_district = null, districts = null
where protected;
update record_value
set precinct = null, municipality = null, ward = null, congressional_district = null,
    state_senate_district = null, state_house_district = null, school_district = null,
    county_commission_district = null, districts = null
where protected;

-- lists
alter table list add column erased bigint not null default 0; -- members who were erased since

-- phonebank
create table erased_lease (                    -- calls under way when their voter was erased
  lease_id bigint primary key,
  caller_id bigint not null,
  at timestamptz not null
);
