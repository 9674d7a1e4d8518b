-- The elections.
copy (select state, held_on, kind, name from election) to stdout
