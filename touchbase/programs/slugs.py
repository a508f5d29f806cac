"""First parts of addresses that aren't programs."""

# Ruling B25 and this product's own pages.
RESERVED_SLUGS = (
    "t", "n", "c", "account", "demo", "trust", "api", "static", "healthz", "brand", "offline",
)  # fmt: skip
