-- Phone banks whose lead has wished who comes first
select phonebank_id, priorities from phonebank
where priorities <> '[]' and state <> 'closed'
order by phonebank_id
