"""Exhibits: an answer drawn and put into words, as a `Chart` or a table of texts.

All words and numbers for people are composed here, so that pages hold no arithmetic. Nothing here
knows Streamlit or SQL.
"""
