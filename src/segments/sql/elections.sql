-- All elections that votes are on record for.
select election_id, state, to_char(held_on, 'YYYY-MM-DD'), kind, name from election
