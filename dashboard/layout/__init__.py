"""What pages are laid out with: frame, choices, cards and parts, drawn with Streamlit."""
