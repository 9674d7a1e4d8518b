-- The type that a manifest names, as PostgreSQL itself writes it; null if there is no such type.
select format_type(to_regtype($1), null)
