-- Draws the positions and inserts the changes of one transaction, in the order given; tells readers.
with added as (
  insert into change (position, kind, subject, actor, payload)
  select nextval('change_position'), c.kind, c.subject, c.actor, c.payload::jsonb
  from unnest($1::text[], $2::text[], $3::text[], $4::text[])
    with ordinality as c(kind, subject, actor, payload, ordinal)
  order by c.ordinal
  returning position
)
select max(position), pg_notify('hustings_change', '') from added
