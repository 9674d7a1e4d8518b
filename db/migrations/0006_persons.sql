-- Persons of several identities: every row that hangs on a voter knows whose it is, so that a join
-- can be split again.
--
-- Where home_id may be null, null stands for voter_id: the row was made for the identity whose home
-- is the person's id. Most rows are so, and need nothing written.

-- registry
alter table suppression add column home_id bigint;    -- null: of voter_id
drop index suppression_in_force;
create unique index suppression_in_force on suppression (
  coalesce(number, 0), coalesce(voter_id, 0), coalesce(home_id, 0), reason) where ended_at is null;
insert into consent_event (
  bucket, event_id, voter_id, home_id, purpose, channel, state, source, evidence, actor, at,
  recorded_at
)
select c.bucket, nextval('consent_event_id_seq'), c.voter_id, c.voter_id, c.purpose, c.channel,
       c.state, c.source, c.evidence, 'system', c.at, c.at
from consent c
where not exists (select 1 from consent_event e
                  where e.bucket = c.bucket and e.voter_id = c.voter_id
                    and e.purpose = c.purpose and e.channel = c.channel);

-- surveys
alter table answer add column home_id bigint;         -- null: of voter_id

-- phonebank
alter table contact_attempt add column home_id bigint; -- null: of voter_id
alter table call_target add column home_id bigint;    -- who stood in the list
alter table call_target add column home_bucket smallint;
alter table call_target add column voter_before bigint; -- whose it was before the last join or split
update call_target set home_id = voter_id, home_bucket = bucket;
alter table call_target alter column home_id set not null;
alter table call_target alter column home_bucket set not null;
alter table call_target drop constraint call_target_pkey;
alter table call_target add primary key (phonebank_id, number, voter_id, home_id);
