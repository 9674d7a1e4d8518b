-- Keeps a person as they are until the transaction that changes them ends.
select from person where person_id = $1 for update
