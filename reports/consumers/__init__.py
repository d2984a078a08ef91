"""Who reads figures from outside: tokens, and the page that lists them."""
