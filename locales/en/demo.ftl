### Demo data.

error-demo-not-empty = This desk already has data. Demo data needs a desk of its own: choose another folder or database.
