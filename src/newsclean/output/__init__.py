"""Write articles: `render` turns one into a text, `store` puts bytes on the disk, all or none."""
