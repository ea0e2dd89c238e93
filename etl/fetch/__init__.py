"""Finding and downloading the latest release: politely, resumably, and counted byte by byte.

`publishers` holds the rules, `pages` reads a page and `landing` finds the release on it; `asking`
makes one request, `download` as many as it takes, `shelf` keeps what arrives, `latest` does all.
"""
