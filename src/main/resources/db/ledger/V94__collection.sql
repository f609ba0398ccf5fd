-- The collection of the items that a route captures, when calls at another path write them.
ALTER TABLE captured ADD COLUMN collection TEXT;
