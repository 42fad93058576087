"""Navigation: from lists to articles. One spider class; a source's recipe makes it a spider."""
