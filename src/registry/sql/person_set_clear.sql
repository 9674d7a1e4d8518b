-- Another join or split of the same transaction.
with a as (delete from person_move), b as (delete from person_join), c as (delete from resolved),
     d as (delete from person_asked)
delete from person_set
