"""第五条, S1: the watch over laws. What happens to a law is entered once; each unit gets one task with its items, due under 第七条（一）."""
