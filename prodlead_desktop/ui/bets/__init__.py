"""The table of bets: initiatives as rows, edited as a spreadsheet."""
