"""Pure questions: facts, rules and the moment in; a verdict out."""
