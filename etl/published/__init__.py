"""Real official figures that come with the product, made from files as they were published.

`python -m etl.published FOLDER` finds the originals in a folder by their checksums, reads each with
the source that reads a user's own file, applies every rule and writes what was read to
`data/published/`. A build takes them up from there (`etl/prepared.py`).
"""
