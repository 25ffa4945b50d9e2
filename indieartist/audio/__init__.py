"""What we hear: decoding, measuring, mastering, tagging and playing sound."""
