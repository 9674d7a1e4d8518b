-- Imports that go on by themselves after a restart and whose rejects are mended; scores in runs of
-- their own; votes that a voter file brings with its new voters in a table of the import's own.

-- ingest
alter table import_run add column request jsonb not null default '{}'; -- what was asked: ingest/run_request.h
alter table import_run add column header text not null default '';     -- the file's first line, if it names the columns
alter table import_run add column mends bigint;                        -- the import whose rejected rows these are
alter table import_run add column restarts int not null default 0;     -- how often a restart began it anew
alter table import_run add column run_name text;                       -- of scores: what people call the run
create index import_run_mends on import_run (mends) where mends is not null;

-- registry: votes by ranges of voters, as voter and phone are. What is there already stays one table.
alter table vote rename to vote_before;
alter table vote_before rename constraint vote_pkey to vote_before_pkey;
create table vote (                            -- who voted in which election
  bucket smallint not null,
  voter_id bigint not null,
  election_id bigint not null,
  import_id bigint not null,
  method text,                                 -- election_day, early, mail, provisional, other
  party text,
  county text,
  home_id bigint not null,
  primary key (bucket, voter_id, election_id, home_id, import_id)
) partition by range (voter_id);
create table vote_single partition of vote for values from (1) to (4294967296);
with singles as (delete from vote_before where voter_id < 4294967296 returning *)
insert into vote_single select * from singles;
do $$
declare
  next bigint := (select last_value + case when is_called then 1 else 0 end from voter_id_block);
begin
  if next > 4294967296 then
    execute format('alter table vote attach partition vote_before for values from (4294967296) to (%s)', next);
  else
    drop table vote_before;
  end if;
end $$;

-- Scores: a large run has a table of its own, which is loaded before anything is visible.
alter table score_run rename to score_run_few;
alter table score_run_few rename constraint score_run_pkey to score_run_few_pkey;
create table score_run (                       -- every row of every run
  bucket smallint not null,
  voter_id bigint not null,
  home_id bigint not null,
  import_id bigint not null,
  support smallint,
  turnout smallint,
  persuadability smallint,
  other jsonb,
  primary key (bucket, voter_id, home_id, import_id)
) partition by list (import_id);
alter table score_run attach partition score_run_few default;
alter table voter_score set (fillfactor = 70); -- the next run writes its rows beside the old ones
