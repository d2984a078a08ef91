"""The page that anybody may see."""
