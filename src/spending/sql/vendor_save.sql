-- A vendor's id; what is known of the address stays where nothing new is said.
insert into vendor (name, street, city, state, zip) values ($1, $2, $3, $4, $5)
on conflict (name) do update
set street = coalesce(nullif(excluded.street, ''), vendor.street),
  city = coalesce(nullif(excluded.city, ''), vendor.city),
  state = coalesce(nullif(excluded.state, ''), vendor.state),
  zip = coalesce(nullif(excluded.zip, ''), vendor.zip)
returning vendor_id
