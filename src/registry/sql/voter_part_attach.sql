-- Makes the import's new voters visible.
alter table voter attach partition voter_i{import} for values from ({first}) to ({past})
