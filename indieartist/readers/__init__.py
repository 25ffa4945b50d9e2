"""Foreign files in: catalogues, lyrics, DAW projects and statements."""
