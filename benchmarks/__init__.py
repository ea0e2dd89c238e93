"""What the product costs, beside what people use instead, each measured in one run."""
