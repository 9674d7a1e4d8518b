-- The campaign's country as ISO 3166 has it: the one whose calling rules it has chosen
select case country when 'uk' then 'GB' else upper(country) end from calling_choice
