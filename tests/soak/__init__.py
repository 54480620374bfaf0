"""Long runs: whether memory, threads and answers stay as they were."""
