-- Makes the votes of the import's new voters visible; later votes of theirs go there too.
alter table vote attach partition vote_i{import} for values from ({first}) to ({past})
