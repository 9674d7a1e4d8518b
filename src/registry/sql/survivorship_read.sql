-- Where people have departed from the usual policies.
select field_group, policy from survivorship
