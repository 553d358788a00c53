"""What the calculator is measured on."""
