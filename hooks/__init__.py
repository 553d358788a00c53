"""What turns the pages and the calculator into the site."""
