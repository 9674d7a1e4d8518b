-- One list, in the column order of list_page.
select l.list_id, l.name, l.segment_id, s.name, l.segment_version, l.rule, l.feed_position, l.seed,
  l.size, l.households, l.with_phone, l.size_max, l.draw,
  array(select jsonb_array_elements_text(l.arms)), l.arm_sizes, l.holdout, l.segment_versions,
  l.created_by, l.created_at, l.erased,
  (select count(*) from list_member m where m.list_id = l.list_id and m.joined_at is not null),
  l.frame
from list l left join segment s using (segment_id)
where l.list_id = $1
