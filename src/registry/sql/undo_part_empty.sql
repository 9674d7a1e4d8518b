-- All of them go: in one step, however many.
truncate voter_i{import}, phone_i{import}
