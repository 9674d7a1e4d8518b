-- Which of some keys are taken.
select entry_key::text from ledger_entry where entry_key = any ($1::uuid[])
