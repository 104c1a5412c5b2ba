"""Weighing the three pillars: numbers in, numbers out.

Nothing in here knows about the database, the web or who may see what. Each method names its
source. What of a result may be shown to whom is decided in ``cycles.disclosure``.
"""
