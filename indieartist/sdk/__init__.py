"""What a third party may touch: the adapter contract and its conformance suite."""
