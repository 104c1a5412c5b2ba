"""The demonstration: one cycle in each stage, for one real area, built through the services.

The figures are published ones (`SOURCES.md`); the people, and what they say, are invented.
"""
