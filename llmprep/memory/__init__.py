"""What the learner did: the log and the schedule that follows from it, settings, the learner's own folder."""
