-- Changes of the feed about numbers and lists name the voters behind them: no longer this one.
update change t
set payload = jsonb_set(t.payload, '{voters}', (
  select coalesce(jsonb_agg(v.id), '[]') from jsonb_array_elements(t.payload -> 'voters') as v(id)
  where v.id <> all (select to_jsonb(id) from unnest($1::bigint[]) as id)))
where t.kind in ('suppression_added', 'suppression_ended')
  and exists (select 1 from unnest($1::bigint[]) as id
              where t.payload -> 'voters' @> to_jsonb(id))
