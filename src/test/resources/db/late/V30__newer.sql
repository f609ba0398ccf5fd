CREATE TABLE newer (id ${identity});
