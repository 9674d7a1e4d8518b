-- Whether the import brought its new voters in a table of its own.
select to_regclass('voter_i{import}') is not null
