"""Lists read by likeness: links, rows, groups, boxes, pagers."""
