"""When: dates and times of day as pages write and show them."""
