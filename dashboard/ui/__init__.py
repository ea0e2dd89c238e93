"""What pages share on the screen: frame, choices, cards, tables and forms, drawn with Streamlit."""
