CREATE TABLE older (id ${key}, body ${blob});
