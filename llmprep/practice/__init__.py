"""Quiz, drill, explain and rehearse as state machines with no terminal in them."""
