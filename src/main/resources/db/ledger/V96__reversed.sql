-- What has taken an earlier change back is looked for among the changes after it.
CREATE INDEX change_reversed ON change (position) WHERE action = 'reversed';
