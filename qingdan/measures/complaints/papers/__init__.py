"""The papers of 投诉处理 (诉 第六条, 第十条): their words, what they are made from, and how they are issued: sealed."""
