"""Every figure of quality and speed, each one command, each beside a peer in the same run."""
