"""The proof: the program's figures beside its peers', made in one run by `python -m benchmarks`."""
