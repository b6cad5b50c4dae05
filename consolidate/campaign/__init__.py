"""One migration over many repositories, each in a process of its own."""
