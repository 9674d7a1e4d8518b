-- Phone banks that call one arm of a list, and that follow the segment of their list.

alter table phonebank add column arm smallint not null default 1 check (arm > 0);
alter table phonebank add column follows boolean not null default false;
alter table phonebank add column followed_to bigint not null default 0;  -- list_member.joined_at taken in

-- lists
alter table list_member add column joined_at bigint;  -- feed position; null: frozen with the list
create index list_member_joined on list_member (list_id, joined_at) where joined_at is not null;

-- Numbers that were called lately, in whatever phone bank: a range of blocks is all that is needed.
create index line_attempt_shown on line_attempt using brin (shown_at)
  with (pages_per_range = 16, autosummarize = on);
