-- What segments counted in the course of time; a role that sees numbers and no individuals.

create table segment_count (                   -- written when a number has changed
  segment_id bigint not null references segment,
  at timestamptz not null,
  version int not null,                        -- of the segment, as it was then
  position bigint not null,                    -- of the feed
  voters bigint not null,
  households bigint not null,
  with_phone bigint not null,
  primary key (segment_id, at)
);

alter table person drop constraint person_role_check;
alter table person add constraint person_role_check
  check (role in ('administrator', 'data_director', 'phonebank_lead', 'caller', 'analyst'));
