"""The web application: the only place that knows Django. It stores facts and asks the clinical side."""
