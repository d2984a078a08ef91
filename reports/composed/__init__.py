"""Reports that a coordinator puts together."""
