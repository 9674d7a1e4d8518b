-- Makes the phones of the import's new voters visible.
alter table phone attach partition phone_i{import} for values from ({first}) to ({past})
