-- Deliveries that wait, by themselves: the log beside them is long.
CREATE INDEX delivery_open ON delivery (ordinal) WHERE finished IS NULL;
