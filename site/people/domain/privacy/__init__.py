"""Personal data: keys, requests and their clock, what is held about somebody, restriction, erasure, retention."""
