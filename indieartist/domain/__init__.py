"""What is true: the nouns and laws of a record, with no file, sound or network in sight."""
