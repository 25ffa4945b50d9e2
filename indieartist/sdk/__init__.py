"""What a third party may touch: the adapter contract, its data, failures and test suites."""
