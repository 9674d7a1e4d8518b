-- Votes of an import that is undone, and the later import that said the same and takes each over.
create temporary table if not exists undo_vote_pass (
  election_id bigint not null, home_id bigint not null, import_id bigint not null
) on commit delete rows
