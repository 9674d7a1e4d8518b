-- Identities that lose the record that an undone import gave them.
create temporary table if not exists undo_gone (
  bucket smallint not null, home_id bigint not null
) on commit delete rows
