-- What was found for other rows of the import.
delete from person_late
