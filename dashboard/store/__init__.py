"""Reads the published database, keeps answers, and keeps what partners write."""
