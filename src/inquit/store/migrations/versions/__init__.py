"""The changes, in order; the last one is the format that this Inquit writes."""
