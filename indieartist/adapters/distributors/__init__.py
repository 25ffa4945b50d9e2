"""Adapters that carry a release."""
