-- Profiles as their records give them, before they are written; empty again after each transaction.
create temporary table if not exists resolved (like voter) on commit delete rows
