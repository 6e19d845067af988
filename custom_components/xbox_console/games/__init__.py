"""What a console can run: library, products, search, links to the Store, media browser."""
