"""What a strategy is: plain Python values and the verbs that change them."""
