-- The votes that an import of history brought, and those that later ones did.
copy (select import_id, election_id, home_id from vote where import_id >= {import}) to stdout
