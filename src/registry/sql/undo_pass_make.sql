-- Records of an import that is undone, and the later import that said the same and takes each over.
create temporary table if not exists undo_pass (
  bucket smallint not null, home_id bigint not null, import_id bigint not null
) on commit delete rows
