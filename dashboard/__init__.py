"""The app, the command and the numbers behind them."""
