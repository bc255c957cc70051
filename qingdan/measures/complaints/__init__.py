"""投诉处理 (诉): how a complaint comes in, to whom it goes, and whether it is taken up."""
