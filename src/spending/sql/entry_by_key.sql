-- Whether an entry was made under this key, and of which commitment.
select commitment_id, kind, cents from ledger_entry where entry_key = $1::uuid
