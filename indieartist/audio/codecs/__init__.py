"""What lossy coders do to sound: in at one end, out at the other, aligned to the sample."""
