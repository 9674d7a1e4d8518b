-- No process makes calls
delete from dialling_serve
