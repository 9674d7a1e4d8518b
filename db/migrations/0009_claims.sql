-- Claims for many callers at once.

-- Callbacks that a caller has promised: a claim looks for those of all who ask.
create index queue_line_callback on queue_line (callback_for) where callback_for is not null;
-- Statistics never know how many lines are held just now. The indexes on held lines say in their
-- condition what they are for, so that a look by number or by caller cannot be planned as a walk
-- through all of them.
alter table queue_line add check (number > 0);
drop index queue_line_held;
create unique index queue_line_held on queue_line (number) where state = 'held' and number > 0;
drop index queue_line_holder;
create unique index queue_line_holder on queue_line (held_by)
  where state = 'held' and held_by is not null;
drop index queue_line_lease;
create index queue_line_lease on queue_line (lease_until)
  where state = 'held' and lease_until is not null;
-- Each voter's row is written once more, after the call: in its own page.
alter table call_target set (fillfactor = 85);
