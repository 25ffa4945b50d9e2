"""Adapters that carry a post."""
