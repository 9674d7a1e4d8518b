-- What phone banks are called.
select phonebank_id, name from phonebank
