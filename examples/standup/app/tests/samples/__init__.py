"""Rows to test with."""

NO_ID = "00000000-0000-7000-8000-ffffffffffff"
"""The id of nothing; the same in every process, as the names of tests have to be."""
