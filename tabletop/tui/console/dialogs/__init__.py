"""What the console asks, and the long texts it shows, each in a window of its own."""
