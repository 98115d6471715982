"""The camera coach's server side: what the page loads once, and the page to try it out. It stores nothing."""
