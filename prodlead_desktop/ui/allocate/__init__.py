"""The parts of the Allocate workspace: rows per initiative, the budget above them, where the money goes beside them."""
