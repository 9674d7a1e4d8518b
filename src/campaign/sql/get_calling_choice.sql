-- Whose calling rules the campaign has chosen
select country, state_hours, chosen_by, chosen_at from calling_choice
