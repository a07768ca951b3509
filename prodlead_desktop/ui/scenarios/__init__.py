"""What belongs to scenarios and futures as a whole: their life, their rules, and what could happen."""
