"""Papers: the list, and each as a page to print."""
