"""Downloading the latest release of a source: politely, resumably, and counted byte by byte.

`asking` makes one request, `download` as many as it takes, `shelf` keeps what arrives.
"""
