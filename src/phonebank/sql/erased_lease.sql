-- Whether a voter of this call was erased after the number had been shown.
select 1 from erased_lease where lease_id = $1
